package org.vcpuacct.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vcpuacct.kernel.LedgerAccount;
import org.vcpuacct.kernel.ReplayedLedger;
import org.vcpuacct.source.ExactSource;
import org.vcpuacct.source.ReplayedSource;
import org.vcpuacct.source.VcpuMeter;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;

/** A thousand accounts in the ledger inside the kernel, read with and without the agent. */
final class LedgerHost implements Closeable {

  private final ReplicatedHost host;
  private final ReplayedLedger ledger;
  private final ExactSource source;
  private final List<VcpuMeter> meters = new ArrayList<>();
  private final List<LedgerAccount> accounts = new ArrayList<>();
  private long nowNs = BenchmarkHost.STEP_NS;

  /**
   * Opens an account of every vCPU.
   *
   * @throws IOException if the kernel refuses the ledger: it takes root
   */
  LedgerHost() throws IOException {
    host =
        ReplicatedHost.of(
            BenchmarkHost.VCPUS / BenchmarkHost.VCPUS_PER_VM, BenchmarkHost.VCPUS_PER_VM);
    ledger = ReplayedLedger.load(BenchmarkHost.VCPUS);
    source = ReplayedSource.of(host.root(), ledger.ledger(), this::nowNs);
    for (Vm vm : host.newScanner().scan(nowNs)) {
      for (Vcpu vcpu : vm.vcpus()) {
        meters.add(source.open(vm, vcpu, this::nowNs));
        accounts.add(new LedgerAccount());
      }
    }
    BenchmarkHost.requireAllVcpus(meters.size());
    passSecond(100);
    readAccounts();
    requireFigures();
  }

  /** Guards against a benchmark of empty accounts, and against slots that are not as expected. */
  private void requireFigures() {
    if (accounts.stream().anyMatch(account -> account.exits() == 0)) {
      throw new IllegalStateException("an account has no exits");
    }
  }

  /** CLOCK_MONOTONIC of this host, ns. */
  long nowNs() {
    return nowNs;
  }

  /**
   * A second passes.
   *
   * @param runningPercent of the vCPUs, how many run meanwhile
   */
  void passSecond(int runningPercent) throws IOException {
    for (int slot = 1; slot <= BenchmarkHost.VCPUS * runningPercent / 100; slot++) {
      ledger.runVcpu(slot, nowNs);
    }
    nowNs += BenchmarkHost.STEP_NS;
  }

  /** Copies all accounts out of the kernel's memory. */
  List<LedgerAccount> readAccounts() {
    for (int i = 0; i < accounts.size(); i++) {
      ledger.ledger().read(i + 1, accounts.get(i)); // slot 0 is nobody's
    }
    return accounts;
  }

  /** The agent's meters, each with a copy of its own. */
  List<VcpuMeter> meters() {
    return meters;
  }

  @Override
  public void close() throws IOException {
    for (VcpuMeter meter : meters) {
      meter.close();
    }
    source.close();
    host.close();
  }
}
