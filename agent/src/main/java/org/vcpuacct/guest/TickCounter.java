package org.vcpuacct.guest;

/** Extends a counter of 32 bits (RFC 2578, section 7.1.6), which wraps, to one that does not. */
final class TickCounter {

  private static final long RANGE = 1L << Integer.SIZE;

  private long last;
  private long wrapped;

  /** The whole count, given the next value of the counter. */
  long extend(long value) {
    if (value < last) {
      wrapped += RANGE;
    }
    last = value;
    return wrapped + value;
  }
}
