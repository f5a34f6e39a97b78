package org.vcpuacct.export.agentx;

/**
 * When the master's sysUpTime (RFC 3418) began, which is what the time stamps that it serves refer
 * to (RFC 2579, TimeStamp).
 *
 * <p>The master tells it in hundredths of a second and some time passes on the way. A second
 * session with the same master must not move the time stamps, since a moved discontinuity time
 * tells a manager that its counters began anew: what differs by little is the same.
 */
final class MasterUptime {

  private static final long NS_PER_TICK = 10_000_000;

  /** sysUpTime begins again at zero after 497 days. */
  private static final long WRAP_NS = (1L << 32) * NS_PER_TICK;

  /** Longer than an answer is on its way, shorter than a master takes to start and be restarted. */
  private static final long SAME_NS = 500_000_000;

  private boolean known;
  private long beganNs;

  /**
   * CLOCK_MONOTONIC at which the master's sysUpTime began, ns.
   *
   * @param sysUpTimeTicks the master's sysUpTime, in hundredths of a second
   * @param nowNs CLOCK_MONOTONIC when the master told it, ns
   */
  long beganNs(long sysUpTimeTicks, long nowNs) {
    long toldNs = nowNs - sysUpTimeTicks * NS_PER_TICK;
    if (!known || distanceNs(toldNs, beganNs) > SAME_NS) {
      known = true;
      beganNs = toldNs;
    }
    return beganNs;
  }

  private static long distanceNs(long a, long b) {
    long ahead = Math.floorMod(a - b, WRAP_NS);
    return Math.min(ahead, WRAP_NS - ahead);
  }
}
