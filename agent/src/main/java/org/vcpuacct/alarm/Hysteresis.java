package org.vcpuacct.alarm;

import java.time.Duration;

/**
 * Whether a condition holds: it begins when its figure has reached one threshold for a while, and
 * ends when it has been below another one for a while. Not safe for use by two threads.
 */
final class Hysteresis {

  private boolean holds;
  private boolean turning;
  private long turningSinceNs;

  /** One whose condition holds or does not from the start. */
  Hysteresis(boolean holds) {
    this.holds = holds;
  }

  /**
   * Takes the newest figure.
   *
   * @param nowNs CLOCK_MONOTONIC, ns
   * @return whether the condition has begun or ended with it
   */
  boolean step(long figure, AlarmPolicy policy, long nowNs) {
    boolean across = holds ? figure < policy.clear() : figure >= policy.raise();
    if (!across) {
      turning = false;
      return false;
    }
    if (!turning) {
      turning = true;
      turningSinceNs = nowNs;
    }
    Duration hold = holds ? policy.clearHold() : policy.raiseHold();
    if (nowNs - turningSinceNs < hold.toNanos()) {
      return false;
    }
    holds = !holds;
    turning = false;
    return true;
  }

  /** The figure is not known: whatever was about to begin or to end has to do so anew. */
  void miss() {
    turning = false;
  }

  /** Whether the condition holds. */
  boolean holds() {
    return holds;
  }

  /** Whether it does not hold, nor is about to. */
  boolean isAtRest() {
    return !holds && !turning;
  }
}
