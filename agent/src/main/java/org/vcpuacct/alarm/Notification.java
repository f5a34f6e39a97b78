package org.vcpuacct.alarm;

import java.util.Optional;
import org.vcpuacct.ledger.Cause;

/**
 * That an alarm was raised or cleared. Immutable.
 *
 * @param sequence by one more than that of the notification before, over restarts of the daemon too
 * @param epochMillis when, ms since 1970
 * @param raised whether the alarm was raised; else it was cleared
 * @param alarm number of the alarm: that of the notification that raised it
 * @param value what was seen last, in the unit of the condition
 * @param threshold what was crossed, in the same unit
 * @param heldBack how often the alarm came and went since it was last told of without being told,
 *     as that would have been too often
 * @param cause what most of the load of the network element was for; empty for the host, and if it
 *     is not known
 * @param contributors the largest takers of time in words; empty if there are none
 * @param message all of it in one sentence, for an operator
 */
public record Notification(
    long sequence,
    long epochMillis,
    boolean raised,
    long alarm,
    Condition condition,
    Severity severity,
    Subject subject,
    long value,
    long threshold,
    int heldBack,
    Optional<Cause> cause,
    String contributors,
    String message) {}
