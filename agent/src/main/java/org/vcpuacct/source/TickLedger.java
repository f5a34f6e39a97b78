package org.vcpuacct.source;

import org.vcpuacct.host.SchedStat;
import org.vcpuacct.host.ThreadStat;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.Tier;

/**
 * The ledger of a thread as far as the scheduler's figures go. Pure.
 *
 * <p>At every step the wall time since the last one is posted, all of it: to the lines of CPU time,
 * to {@link Line#WAIT}, and what is left to {@link Line#ASLEEP}. The scheduler's figures lag: CPU
 * time of a running thread by up to a tick, and a wait is added only when it ends. What they bring
 * too late to fit into the interval is owed, and posted in the next ones.
 */
final class TickLedger {

  private static final Line[] LINES = Line.values();

  private final TickSplit split;
  private final long[] nsByOrdinal = new long[LINES.length];
  private SchedStat last;
  private long lastNs;
  private long owedCpuNs;
  private long owedWaitNs;
  private long postedCpuNs;
  private long postedWaitNs;

  /**
   * Opens the ledger.
   *
   * @param openedNs CLOCK_MONOTONIC, ns
   */
  TickLedger(long openedNs, SchedStat schedStat, ThreadStat threadStat) {
    this.split = new TickSplit(threadStat);
    this.last = schedStat;
    this.lastNs = openedNs;
  }

  /**
   * Posts the time since the last step.
   *
   * @param nowNs CLOCK_MONOTONIC, ns, not before the last step
   */
  void post(long nowNs, SchedStat schedStat, ThreadStat threadStat) {
    long wallNs = nowNs - lastNs;
    owedCpuNs += schedStat.cpuNs() - last.cpuNs();
    owedWaitNs += schedStat.runDelayNs() - last.runDelayNs();
    long cpuNs = Math.min(owedCpuNs, wallNs);
    long waitNs = Math.min(owedWaitNs, wallNs - cpuNs);
    owedCpuNs -= cpuNs;
    owedWaitNs -= waitNs;
    postedCpuNs += cpuNs;
    postedWaitNs += waitNs;

    split.observe(threadStat);
    split.post(cpuNs, nsByOrdinal);
    nsByOrdinal[Line.WAIT.ordinal()] += waitNs;
    nsByOrdinal[Line.ASLEEP.ordinal()] += wallNs - cpuNs - waitNs;
    last = schedStat;
    lastNs = nowNs;
  }

  /** CPU time posted since the ledger was opened, ns. */
  long cpuNs() {
    return postedCpuNs;
  }

  /** Time runnable and not running that was posted since the ledger was opened, ns. */
  long waitNs() {
    return postedWaitNs;
  }

  /** Wall time since the ledger was opened, by line. */
  LineTimes lines(Tier tier) {
    return LineTimes.of(tier, nsByOrdinal);
  }
}
