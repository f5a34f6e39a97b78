package org.vcpuacct.guest;

/** Turns a guest's figures into nanoseconds. */
final class GuestTimes {

  private static final long MS_NS = 1_000_000;

  /** USER_HZ is 100 wherever Linux runs (include/asm-generic/param.h, Linux 6.1). */
  private static final long TICK_NS = 10_000_000;

  private GuestTimes() {}

  /** Milliseconds in ns. */
  static long msToNs(long ms) throws GuestRefusedException {
    return scale(ms, MS_NS);
  }

  /** Clock ticks in ns. */
  static long ticksToNs(long ticks) throws GuestRefusedException {
    return scale(ticks, TICK_NS);
  }

  /** Ten such times still fit a long together. */
  private static long scale(long time, long unitNs) throws GuestRefusedException {
    if (time < 0 || time > Long.MAX_VALUE / unitNs / GuestTime.values().length) {
      throw new GuestRefusedException("the guest reports an impossible time: " + time);
    }
    return time * unitNs;
  }
}
