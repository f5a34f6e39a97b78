package org.vcpuacct.source;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.Limit;
import org.vcpuacct.kernel.PerfEventGroup;
import org.vcpuacct.kernel.PerfReading;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;

/**
 * Measures vCPUs as {@link SampledSource} does, and counts their exits with perf: one counter for
 * all exits and one for each class, on the vCPU's thread.
 *
 * <p>Reading the counters of a thread that is running sends one inter-processor interrupt to its
 * CPU, which is one exit of the vCPU a step; see {@link PerfEventGroup}.
 */
public final class CountedSource implements AccountSource {

  private final HostRoot host;
  private final ScratchBuffer buffer;
  private final ExitCounterPlanner planner;
  private Optional<Anchor> anchor = Optional.empty();
  private int openMeters;

  /**
   * Counters on a thread of ours, which count nothing. The first user of a tracepoint and the last
   * one wait while the kernel patches its code and for all CPUs to notice: with these held, no vCPU
   * is the first or the last. They are held while there are vCPUs, which hold the KVM module too,
   * so that it can be unloaded otherwise.
   */
  private record Anchor(ExitCounterPlan plan, PerfEventGroup counters) {}

  /**
   * A source for the vCPUs of a host.
   *
   * @param buffer scratch space for files of /proc, shared by all meters
   */
  CountedSource(HostRoot host, ScratchBuffer buffer, ExitCounterPlanner planner) {
    this.host = host;
    this.buffer = buffer;
    this.planner = planner;
  }

  @Override
  public Tier tier() {
    return Tier.COUNTED;
  }

  @Override
  public VcpuMeter open(Vm vm, Vcpu vcpu, LongSupplier monotonicNs) throws IOException {
    openMeters++;
    PerfEventGroup counters = null;
    try {
      ExitCounterPlan plan = plan();
      counters = PerfEventGroup.open(vcpu.threadId(), plan.events());
      return new Meter(
          new ThreadMeter(host, vm.pid(), vcpu.threadId(), buffer, monotonicNs.getAsLong()),
          counters,
          plan);
    } catch (IOException e) {
      if (counters != null) {
        counters.close();
      }
      meterClosed();
      throw e;
    }
  }

  private ExitCounterPlan plan() throws IOException {
    if (anchor.isEmpty()) {
      ExitCounterPlan plan = planner.plan();
      anchor = Optional.of(new Anchor(plan, planner.openOnThisThread(plan)));
    }
    return anchor.get().plan();
  }

  private void meterClosed() {
    openMeters--;
    if (openMeters == 0 && anchor.isPresent()) {
      anchor.get().counters().close();
      anchor = Optional.empty();
    }
  }

  private final class Meter implements VcpuMeter {

    private final ThreadMeter thread;
    private final PerfEventGroup counters;
    private final ExitCounterPlan plan;
    private Optional<ExitCounts> exits = Optional.empty();
    private boolean closed;

    private Meter(ThreadMeter thread, PerfEventGroup counters, ExitCounterPlan plan) {
      this.thread = thread;
      this.counters = counters;
      this.plan = plan;
    }

    @Override
    public Reading read(long nowNs) throws IOException {
      // In this order: the exit of a tick that the thread's figures show is then always counted.
      thread.update(nowNs);
      PerfReading reading = counters.read();
      if (reading.multiplexed()) {
        throw new TierFailedException(multiplexed(reading));
      }
      exits = Optional.of(plan.counts(reading::count, exits));
      if (exits.get().total() == 0 && thread.hasRunGuest()) {
        throw new TierFailedException(exitsNotTraced());
      }
      return thread.reading(Tier.COUNTED, exits);
    }

    private static Limit multiplexed(PerfReading reading) {
      return new Limit(
          "perf counted exits for "
              + reading.runningNs()
              + " of "
              + reading.enabledNs()
              + " ns only",
          "exit counts are absent",
          "find out which other perf user takes the counters away");
    }

    // The tick that found the guest running was itself an exit.
    private static Limit exitsNotTraced() {
      return new Limit(
          "this KVM runs guests without firing the tracepoint kvm:kvm_exit",
          "exit counts are absent",
          "use kvm_amd or kvm_intel; a paravirtual KVM does not trace its exits");
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        counters.close();
        meterClosed();
        thread.close();
      }
    }
  }
}
