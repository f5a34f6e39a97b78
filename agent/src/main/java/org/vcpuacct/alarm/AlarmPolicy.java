package org.vcpuacct.alarm;

import static org.vcpuacct.alarm.Severity.CRITICAL;
import static org.vcpuacct.alarm.Severity.MAJOR;
import static org.vcpuacct.alarm.Severity.MINOR;
import static org.vcpuacct.alarm.Severity.WARNING;

import java.time.Duration;

/**
 * When an alarm is raised for a condition and when it is cleared. Immutable.
 *
 * @param enabled whether it is raised at all
 * @param raise it is raised when the figure has been at least this for {@code raiseHold}, in the
 *     unit of the condition
 * @param clear it is cleared when the figure has been below this for {@code clearHold}; not more
 *     than {@code raise}
 */
public record AlarmPolicy(
    boolean enabled,
    Severity severity,
    long raise,
    long clear,
    Duration raiseHold,
    Duration clearHold) {

  /** What suits most network elements; docs/alarms.md says why. */
  public static AlarmPolicy defaultOf(Condition condition) {
    return switch (condition) {
      case EFFECTIVE_LOAD -> of(MAJOR, 90_00, 80_00, 10, 30);
      case OVERHEAD -> of(MINOR, 30_00, 20_00, 30, 30);
      case CONTENTION -> of(MAJOR, 15_00, 8_00, 10, 30);
      case GUEST_DISAGREES -> of(MINOR, 20_00, 10_00, 60, 60);
      case GUEST_SILENT -> of(WARNING, 60, 30, 0, 0);
      case VM_GONE -> of(MAJOR, 1, 1, 5, 0);
      case VCPU_CONTENTION -> of(MINOR, 25_00, 10_00, 10, 30);
      case EXIT_STORM -> of(MINOR, 100_000, 50_000, 10, 30);
      case SCHEDULING_LATENCY -> of(MINOR, 10_000, 5_000, 0, 0);
      case TIER_LOWERED -> of(WARNING, 1, 1, 0, 0);
      case AGENT_LATE -> of(WARNING, 500, 250, 3, 30);
      case NE_WITHOUT_VMS -> of(CRITICAL, 1, 1, 5, 0);
    };
  }

  private static AlarmPolicy of(
      Severity severity, long raise, long clear, int raiseHoldSeconds, int clearHoldSeconds) {
    return new AlarmPolicy(
        true,
        severity,
        raise,
        clear,
        Duration.ofSeconds(raiseHoldSeconds),
        Duration.ofSeconds(clearHoldSeconds));
  }
}
