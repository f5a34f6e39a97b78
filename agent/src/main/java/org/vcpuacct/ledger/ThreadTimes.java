package org.vcpuacct.ledger;

import java.util.OptionalInt;

/**
 * What the scheduler says of threads over some span of time. Immutable.
 *
 * @param wallNs length of that span, ns: not multiplied by the number of threads
 * @param cpuNs time on a CPU, ns
 * @param waitNs time runnable and not on a CPU, ns
 */
public record ThreadTimes(long wallNs, long cpuNs, long waitNs) {

  /** Nothing yet. */
  public static final ThreadTimes ZERO = new ThreadTimes(0, 0, 0);

  private static final double HUNDREDTHS_OF_PERCENT = 10_000;

  /** What was added since an earlier reading of the same account. */
  public ThreadTimes since(ThreadTimes earlier) {
    return new ThreadTimes(wallNs - earlier.wallNs, cpuNs - earlier.cpuNs, waitNs - earlier.waitNs);
  }

  /** The same span, with the time of another thread as well. */
  public ThreadTimes and(ThreadTimes other) {
    return new ThreadTimes(wallNs, cpuNs + other.cpuNs, waitNs + other.waitNs);
  }

  /** The time on a CPU in hundredths of a percent of one CPU; empty if no time has passed. */
  public OptionalInt cpuShare() {
    return wallNs == 0
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.round(cpuNs * HUNDREDTHS_OF_PERCENT / wallNs));
  }
}
