package org.vcpuacct.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.ExitTimes;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Scheduling;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.vm.ThreadEvidence;
import org.vcpuacct.vm.Vcpu;

class AccountTableTest {

  private static final long MS = 1_000_000;
  private static final int TERMINAL_COLUMNS = 160;

  @Test
  void anExactAccountShowsItsLinesAndTheTimeOfItsExits() {
    Account busy =
        new Account(Tier.EXACT)
            .on(Line.GUEST, 400)
            .on(Line.EXIT, 300)
            .on(Line.WAIT_PREEMPTED, 200)
            .on(Line.THROTTLED, 100)
            .exits(ExitClass.EXTERNAL_IRQ, 900, 5)
            .exits(ExitClass.IO, 400, 290)
            .exits(ExitClass.NPF, 1, 4)
            .exits(ExitClass.HLT, 2, 1);
    Account idle = new Account(Tier.EXACT).on(Line.HALTED, 1000).exits(ExitClass.HLT, 0, 0);

    assertThat(AccountTable.of(snapshot(busy, idle)))
        .isEqualTo(
            """
            VM   vCPU  thread  tier   CPU%  wait%  guest  exit  halted  wait-preempted  throttled
            mme     0     100  exact  70.0   30.0   40.0  30.0     0.0            20.0       10.0
            mme     1     101  exact   0.0    0.0    0.0   0.0   100.0             0.0        0.0

            VM   vCPU  exits/s  largest exit classes: share of time, a second
            mme     0     1303  io 29.0% 400/s, external-irq 0.5% 900/s, npf 0.4% 1/s
            mme     1        0
            """);
  }

  @Test
  void aLowerTierShowsItsLinesAndTheCountsOfItsExits() {
    Account counted =
        new Account(Tier.COUNTED)
            .on(Line.GUEST, 600)
            .on(Line.HOST_KERNEL, 400)
            .exits(ExitClass.IO, 10, 0)
            .exits(ExitClass.HLT, 20, 0);
    Account sampled = new Account(Tier.SAMPLED).on(Line.ASLEEP, 1000);

    assertThat(AccountTable.of(snapshot(counted, sampled)))
        .isEqualTo(
            """
            VM   vCPU  thread  tier      CPU%  wait%  guest  host-kernel  asleep  exits/s  \
            largest exit classes, a second
            mme     0     100  counted  100.0    0.0   60.0         40.0     0.0       30  \
            hlt 20, io 10
            mme     1     101  sampled    0.0    0.0    0.0          0.0   100.0        -  -
            """);
  }

  @Test
  void accountsOfDifferentTiersDoNotMixTheirLines() {
    String tables =
        AccountTable.of(
            snapshot(
                new Account(Tier.COUNTED).on(Line.ASLEEP, 1000),
                new Account(Tier.EXACT).on(Line.HALTED, 1000)));

    assertThat(tables.split("\n\n", -1))
        .satisfiesExactly(
            exact -> assertThat(exact).contains("halted", "101  exact").doesNotContain("asleep"),
            exits -> assertThat(exits).contains("share of time").doesNotContain("halted"),
            lower -> assertThat(lower).contains("asleep", "100  counted").doesNotContain("halted"));
  }

  @Test
  void allLinesAtOnceFitIntoAWideTerminal() {
    Account account = new Account(Tier.EXACT);
    Line.of(Tier.EXACT).forEach(line -> account.on(line, 1000));
    for (ExitClass exitClass : ExitClass.values()) {
      account.exits(exitClass, 1_000_000, 1);
    }

    assertThat(AccountTable.of(snapshot(account)).lines())
        .allMatch(line -> line.length() <= TERMINAL_COLUMNS);
  }

  @Test
  void anAccountWithoutAnIntervalHasNoFigures() {
    Vcpu vcpu = new Vcpu(0, 100, ThreadEvidence.KVM_DEBUGFS);
    Reading opened = new Account(Tier.EXACT).reading();
    VcpuAccount account = new VcpuAccount(vcpu, 0, opened, Map.of());

    assertThat(AccountTable.of(new Snapshots().vm(1, "mme", List.of(account), List.of()).build()))
        .contains("mme     0     100  exact     -      -\n")
        .contains("mme     0        -  -\n");
  }

  @Test
  void vmsWithoutAccountsHaveHeadings() {
    Snapshot snapshot = new Snapshots().vmWithoutThreads(1, "starting", 2).build();

    assertThat(AccountTable.of(snapshot)).startsWith("VM  vCPU  thread  tier").hasLineCount(1);
  }

  private static Snapshot snapshot(Account... accounts) {
    List<VcpuAccount> vcpus = new ArrayList<>();
    for (Account account : accounts) {
      int id = vcpus.size();
      Reading opened = new Account(account.tier).likeClassesOf(account).reading();
      vcpus.add(
          new VcpuAccount(
              new Vcpu(id, 100 + id, ThreadEvidence.KVM_DEBUGFS),
              0,
              account.reading(),
              Map.of(Window.LAST_INTERVAL, new Change(opened, account.reading()))));
    }
    return new Snapshots().vm(1, "mme", vcpus, List.of()).build();
  }

  /** An account since it was opened. */
  private static final class Account {

    private final Tier tier;
    private final long[] lineNs = new long[Line.values().length];
    private final Map<ExitClass, Long> exits = new EnumMap<>(ExitClass.class);
    private final long[] exitNs = new long[ExitClass.values().length];

    Account(Tier tier) {
      this.tier = tier;
    }

    Account on(Line line, long ms) {
      lineNs[line.ordinal()] = ms * MS;
      return this;
    }

    Account exits(ExitClass exitClass, long count, long ms) {
      exits.put(exitClass, count);
      exitNs[exitClass.ordinal()] = ms * MS;
      return this;
    }

    /** Nothing yet, of the classes that the other account can tell. */
    Account likeClassesOf(Account other) {
      other.exits.keySet().forEach(exitClass -> exits(exitClass, 0, 0));
      return this;
    }

    Reading reading() {
      long cpuNs = ns(Line.GUEST) + ns(Line.EXIT) + ns(Line.HOST_KERNEL);
      long waitNs = ns(Line.WAIT_PREEMPTED) + ns(Line.THROTTLED);
      return new Reading(cpuNs, waitNs, 0, LineTimes.of(tier, lineNs), exitCounts(), detail());
    }

    private long ns(Line line) {
      return lineNs[line.ordinal()];
    }

    private Optional<ExitCounts> exitCounts() {
      long total = exits.values().stream().mapToLong(Long::longValue).sum();
      ExitCounts.Builder counts = ExitCounts.builder(total);
      exits.forEach(counts::set);
      return tier == Tier.SAMPLED ? Optional.empty() : Optional.of(counts.build());
    }

    private Optional<ExactDetail> detail() {
      List<Log2Histogram> none = Collections.nCopies(exitNs.length, Log2Histogram.empty());
      Scheduling still = new Scheduling(Log2Histogram.empty(), 0, 0, 0, OptionalInt.empty());
      ExitTimes times = new ExitTimes(exitNs, none);
      return tier == Tier.EXACT
          ? Optional.of(new ExactDetail(times, still, 0, 0, 0, 0, OptionalLong.empty()))
          : Optional.empty();
    }
  }
}
