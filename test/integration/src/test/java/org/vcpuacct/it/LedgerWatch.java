package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the ledgers of a VM's vCPUs over some time, at whatever instant, and checks each reading.
 */
final class LedgerWatch {

  /** Readings and wall time are not taken at the same instant: two intervals of the daemon. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

  private static final int TIER_EXACT = 1;

  private final Manager manager;
  private final int vm;
  private final List<LedgerFigures> first = new ArrayList<>();
  private final List<LedgerFigures> last = new ArrayList<>();
  private final long begunNs;
  private int readings;

  /** Begins with a reading of each vCPU. */
  LedgerWatch(Manager manager, int vm, int vcpus) {
    this.manager = manager;
    this.vm = vm;
    manager.awaitNewFigures();
    this.begunNs = System.nanoTime();
    for (int vcpu = 0; vcpu < vcpus; vcpu++) {
      first.add(manager.ledger(vm, vcpu));
    }
    last.addAll(first);
  }

  /** Goes on reading for a while, of several VMs in turn. */
  static void watch(Duration span, LedgerWatch... watches) {
    long endNs = System.nanoTime() + span.toNanos();
    while (System.nanoTime() < endNs) {
      for (LedgerWatch watch : watches) {
        watch.read();
      }
      Await.sleep(Duration.ofMillis(300));
    }
  }

  private void read() {
    for (int i = 0; i < first.size(); i++) {
      int vcpu = i;
      LedgerFigures now = manager.ledger(vm, vcpu);
      LedgerFigures before = last.get(vcpu);
      assertThat(now.residueNs()).as("residue of vCPU %d: %s", vcpu, now).isZero();
      now.since(before)
          .lines()
          .forEach((line, ns) -> assertThat(ns).as("%s of vCPU %d", line, vcpu).isNotNegative());
      last.set(vcpu, now);
      readings++;
    }
  }

  /** Takes new figures, and returns what each vCPU's ledger added since the beginning. */
  List<LedgerFigures> end(String what) {
    manager.awaitNewFigures();
    read();
    Duration passed = Duration.ofNanos(System.nanoTime() - begunNs);
    List<LedgerFigures> added = new ArrayList<>();
    for (int vcpu = 0; vcpu < first.size(); vcpu++) {
      LedgerFigures of = last.get(vcpu).since(first.get(vcpu));
      added.add(of);
      Figures.show("ledger, %s, vCPU %d, %d readings: %s", what, vcpu, readings, of);
      // The daemon's self-test closes an account that does not close, or lowers its tier.
      assertThat(manager.vcpuColumn("vaVcpuTier", vm, vcpu).asLong()).isEqualTo(TIER_EXACT);
      assertThat(Duration.ofNanos(of.wallNs()).minus(passed).abs())
          .as("wall time of vCPU %d beside the clock's %s", vcpu, passed)
          .isLessThan(CLOCK_TOLERANCE);
    }
    return added;
  }
}
