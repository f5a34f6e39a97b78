package org.vcpuacct.guest;

import java.time.Duration;

/** When an answer is too late, by CLOCK_MONOTONIC. Immutable. */
final class Deadline {

  private static final long MS_NS = 1_000_000;

  private final Duration timeout;
  private final long endNs;

  private Deadline(Duration timeout, long endNs) {
    this.timeout = timeout;
    this.endNs = endNs;
  }

  /** One that is as far away as this. */
  static Deadline in(Duration timeout) {
    return new Deadline(timeout, System.nanoTime() + timeout.toNanos());
  }

  /**
   * Time left, ms, from 1.
   *
   * @param awaited what has not happened yet, for the message
   * @throws GuestNotAnsweringException if no time is left
   */
  long leftMs(String awaited) throws GuestNotAnsweringException {
    long leftNs = endNs - System.nanoTime();
    if (leftNs <= 0) {
      throw new GuestNotAnsweringException(awaited + " within " + timeout.toMillis() + " ms");
    }
    return leftNs / MS_NS + 1;
  }
}
