package org.vcpuacct.vm;

/** When to look again: after one interval, then after two, four and so on, up to a longest one. */
final class Backoff {

  private final long longestNs;
  private long intervalNs;
  private long dueNs;

  /**
   * Due at once.
   *
   * @param firstNs the first interval, ns
   * @param longestNs the longest interval, ns
   */
  Backoff(long firstNs, long longestNs, long nowNs) {
    this.intervalNs = firstNs;
    this.longestNs = longestNs;
    this.dueNs = nowNs;
  }

  /** Whether it is time to look. */
  boolean isDue(long nowNs) {
    return nowNs - dueNs >= 0;
  }

  /** Notes that somebody looked, and doubles the interval. */
  void looked(long nowNs) {
    dueNs = nowNs + intervalNs;
    intervalNs = Math.min(2 * intervalNs, longestNs);
  }
}
