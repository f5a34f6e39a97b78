package org.vcpuacct.alarm.log;

/**
 * How much the log holds.
 *
 * @param notifications on disk, at most; at least {@link #MIN_NOTIFICATIONS}
 * @param octets on disk, at most, beside the alarms that are active
 */
public record LogLimits(int notifications, long octets) {

  /** An eighth of the log is dropped at once. */
  static final int SEGMENTS = 8;

  /** Fewer would be lost before they are sent. */
  public static final int MIN_NOTIFICATIONS = 100;

  /** Hours of a very busy host. */
  public static LogLimits defaults() {
    return new LogLimits(100_000, 67_000_000);
  }

  /** Whether a segment that has so much is full. */
  boolean isFull(Segment segment) {
    return segment.notifications() >= notifications / SEGMENTS
        || segment.octets() - segment.activeAlarmOctets() >= octets / SEGMENTS;
  }
}
