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

  private final SchedStat first;
  private final TickSplit split;
  private final long[] nsByOrdinal = new long[LINES.length];
  private SchedStat last;
  private long lastNs;
  private long owedCpuNs;
  private long owedWaitNs;

  /**
   * Opens the ledger.
   *
   * @param openedNs CLOCK_MONOTONIC, ns
   */
  TickLedger(long openedNs, SchedStat schedStat, ThreadStat threadStat) {
    this.first = schedStat;
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

    split.observe(threadStat);
    split.post(cpuNs, nsByOrdinal);
    nsByOrdinal[Line.WAIT.ordinal()] += waitNs;
    nsByOrdinal[Line.ASLEEP.ordinal()] += wallNs - cpuNs - waitNs;
    last = schedStat;
    lastNs = nowNs;
  }

  /** CPU time since the ledger was opened, ns, as the scheduler gives it. */
  long cpuNs() {
    return last.cpuNs() - first.cpuNs();
  }

  /** Time runnable and not running since the ledger was opened, ns, as the scheduler gives it. */
  long waitNs() {
    return last.runDelayNs() - first.runDelayNs();
  }

  /** Wall time since the ledger was opened, by line. */
  LineTimes lines(Tier tier) {
    return LineTimes.of(tier, nsByOrdinal);
  }
}
