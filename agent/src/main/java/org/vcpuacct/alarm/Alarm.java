package org.vcpuacct.alarm;

/**
 * One alarm, active or over. Immutable.
 *
 * @param raised what raised it
 * @param last what was told of it last: {@code raised} while it is active, else what cleared it
 */
public record Alarm(Notification raised, Notification last) {

  /** Permanent number: the sequence number of what raised it. */
  public long number() {
    return raised.alarm();
  }

  /** Whether the condition still holds. */
  public boolean isActive() {
    return last.raised();
  }
}
