package org.vcpuacct.history;

/**
 * The minutes around an alarm, which are kept when the rest of that time is not any more.
 * Immutable.
 *
 * @param alarm number of the alarm
 * @param raisedEpochMillis when it was raised, wall-clock time, ms since 1970
 * @param extent the time that is kept; its end may still be to come
 * @param message the alarm in one sentence
 */
public record FrozenCopy(long alarm, long raisedEpochMillis, Extent extent, String message) {}
