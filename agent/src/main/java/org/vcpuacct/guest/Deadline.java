package org.vcpuacct.guest;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

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
      throw missed(awaited);
    }
    return leftNs / MS_NS + 1;
  }

  /**
   * What to throw when no time is left.
   *
   * @param awaited what has not happened, for the message
   */
  GuestNotAnsweringException missed(String awaited) {
    return new GuestNotAnsweringException(awaited + " within " + timeout.toMillis() + " ms");
  }

  /**
   * Takes a permit as soon as there is one.
   *
   * @param awaited what has not happened yet, for the message
   * @throws GuestNotAnsweringException if no time is left
   */
  void acquire(Semaphore permits, String awaited)
      throws GuestNotAnsweringException, InterruptedException {
    while (!permits.tryAcquire(leftMs(awaited), TimeUnit.MILLISECONDS)) {
      // The deadline ends this.
    }
  }
}
