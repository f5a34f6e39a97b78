package org.vcpuacct.alarm;

/**
 * That an alarm is to be raised or cleared: what becomes a notification. Immutable.
 *
 * @param watch the alarm
 * @param reason why
 * @param policy the one that held then
 * @param heldBack how often it came and went meanwhile without being told
 */
record Transition(Watch watch, Reason reason, AlarmPolicy policy, int heldBack) {

  /** Why an alarm is raised or cleared. */
  enum Reason {
    /** The figure has reached the upper threshold. */
    REACHED,
    /** The figure is below the lower threshold. */
    FELL,
    /** The subject is not there any more, or is not watched. */
    LOST
  }

  /** What was crossed, in the unit of the condition. */
  long threshold() {
    return reason == Reason.REACHED ? policy.raise() : policy.clear();
  }
}
