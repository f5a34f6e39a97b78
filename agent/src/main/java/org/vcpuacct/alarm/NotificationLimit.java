package org.vcpuacct.alarm;

import java.util.ArrayDeque;
import java.util.Deque;

/** At most so many notifications of one alarm in any minute. Not safe for use by two threads. */
final class NotificationLimit {

  private static final long NS_PER_MINUTE = 60_000_000_000L;

  private int maxPerMinute;
  private final Deque<Long> toldNs = new ArrayDeque<>();

  NotificationLimit(int maxPerMinute) {
    this.maxPerMinute = maxPerMinute;
  }

  /** Allows another number from now on; what was told before counts. */
  void use(int otherMaxPerMinute) {
    maxPerMinute = otherMaxPerMinute;
  }

  /** Whether so many more are allowed now. */
  boolean allows(int more, long nowNs) {
    while (!toldNs.isEmpty() && nowNs - toldNs.getFirst() >= NS_PER_MINUTE) {
      toldNs.removeFirst();
    }
    return toldNs.size() + more <= maxPerMinute;
  }

  /** One is told now. */
  void count(long nowNs) {
    toldNs.addLast(nowNs);
  }

  /** Whether none was told in the last minute. */
  boolean isUnused(long nowNs) {
    return allows(maxPerMinute, nowNs);
  }
}
