package org.vcpuacct.history;

import java.time.Duration;

/**
 * How much of the past is held.
 *
 * @param length how long; zero if no history is kept
 * @param octets on disk, at most, frozen copies not counted
 * @param frozenBefore how much is kept before an alarm
 * @param frozenAfter how much is kept after it
 * @param frozenCopies how many alarms; none if 0
 */
public record HistorySettings(
    Duration length, long octets, Duration frozenBefore, Duration frozenAfter, int frozenCopies) {

  private static final long OCTETS_A_MEBIBYTE = 1 << 20;

  /** An hour of a thousand vCPUs takes little more than half of it. */
  public static HistorySettings defaults() {
    return new HistorySettings(
        Duration.ofMinutes(60),
        128 * OCTETS_A_MEBIBYTE,
        Duration.ofMinutes(5),
        Duration.ofMinutes(2),
        10);
  }
}
