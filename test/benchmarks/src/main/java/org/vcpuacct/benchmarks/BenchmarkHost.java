package org.vcpuacct.benchmarks;

import java.io.IOException;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.sampler.Sampler;
import org.vcpuacct.source.AccountSources;
import org.vcpuacct.vm.VmScanner;

/** A host of a thousand vCPUs, and a clock that goes a second with each step. */
@State(Scope.Thread)
public class BenchmarkHost {

  static final int VCPUS = 1_000;
  static final int VCPUS_PER_VM = 8;

  /** All that is done at some interval is done as often as in a daemon of the default interval. */
  static final long STEP_NS = 1_000_000_000;

  private ReplicatedHost host;
  private long nowNs;

  /** Makes the host. */
  @Setup(Level.Trial)
  public void make() throws IOException {
    host = ReplicatedHost.of(VCPUS / VCPUS_PER_VM, VCPUS_PER_VM);
  }

  /** Deletes the host. */
  @TearDown(Level.Trial)
  public void delete() throws IOException {
    host.close();
  }

  /**
   * A second passes.
   *
   * @param runningPercent of the vCPUs, how many run meanwhile
   */
  void passSecond(int runningPercent) throws IOException {
    nowNs += STEP_NS;
    host.runVcpus(VCPUS * runningPercent / 100, STEP_NS / 2);
  }

  /** CLOCK_MONOTONIC of this host, ns. */
  long nowNs() {
    return nowNs;
  }

  /** A scanner as the daemon has it. */
  VmScanner newScanner() {
    return host.newScanner();
  }

  /** The sources as the daemon has them in tier sampled. */
  AccountSources newSources() {
    return host.newSelector().sources();
  }

  /** A sampler as the daemon has it in tier sampled. */
  Sampler newSampler() {
    return host.newSampler(this::nowNs);
  }

  /** As {@link #requireAllVcpus(int)}, for those of a snapshot. */
  static Snapshot requireAllVcpus(Snapshot snapshot) {
    requireAllVcpus(snapshot.vms().stream().mapToInt(vm -> vm.vcpus().size()).sum());
    return snapshot;
  }

  /**
   * Guards against a benchmark of nothing.
   *
   * @throws IllegalStateException unless that many are all the vCPUs of the host
   */
  static void requireAllVcpus(int found) {
    if (found != VCPUS) {
      throw new IllegalStateException(found + " vCPUs found, not " + VCPUS);
    }
  }
}
