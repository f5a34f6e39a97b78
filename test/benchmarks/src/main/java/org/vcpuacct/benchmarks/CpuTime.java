package org.vcpuacct.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * CPU time of the benchmark's thread. On a machine with other work, wall time says how busy the
 * machine is; this is steadier.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CpuTime {

  /** CPU time of all invocations, ns. JMH shows it under this name. */
  public long cpuNs;

  /** How many invocations that is. */
  public long invocations;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private long startNs;

  /** To be called first in a benchmark. */
  void start() {
    startNs = threads.getCurrentThreadCpuTime();
  }

  /** To be called last in a benchmark. */
  void stop() {
    cpuNs += threads.getCurrentThreadCpuTime() - startNs;
    invocations++;
  }
}
