package org.vcpuacct.export.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the memory of answers that are on their way to slow clients. */
final class AnswerMemory {

  private final long limitOctets;
  private final AtomicLong takenOctets = new AtomicLong();

  AnswerMemory(long limitOctets) {
    this.limitOctets = limitOctets;
  }

  /**
   * Takes what an answer needs, if it is there. A single answer is let through whatever its size:
   * else it could never be had.
   *
   * @return whether it was taken
   */
  boolean take(long octets) {
    long taken = takenOctets.addAndGet(octets);
    if (taken <= limitOctets || taken == octets) {
      return true;
    }
    takenOctets.addAndGet(-octets);
    return false;
  }

  /** Gives back what was taken. */
  void giveBack(long octets) {
    takenOctets.addAndGet(-octets);
  }
}
