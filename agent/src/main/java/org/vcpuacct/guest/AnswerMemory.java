package org.vcpuacct.guest;

import java.util.concurrent.Semaphore;

/**
 * How much of the daemon's memory answers may take at once: a thousand guests that each send a long
 * one cannot fill it. Safe for use by many threads.
 */
final class AnswerMemory {

  /** What every guest may send at any time; an agent's list of its commands is some 9 KiB. */
  static final int SHORT_BYTES = 16 << 10;

  /** The longest answer; 4,096 CPUs, KVM's most, take some 700 KiB. */
  static final int MAX_BYTES = 1 << 20;

  private static final int LONG_ANSWERS_AT_ONCE = 2;

  private final Semaphore longAnswers = new Semaphore(LONG_ANSWERS_AT_ONCE, true);

  /** Waits until there is room for a long answer; {@link #leave} gives it back. */
  void enter(Deadline deadline) throws GuestLoadException, InterruptedException {
    deadline.acquire(longAnswers, "other guests' long answers left no room for this one's");
  }

  void leave() {
    longAnswers.release();
  }
}
