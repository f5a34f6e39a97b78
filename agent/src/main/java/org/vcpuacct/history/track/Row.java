package org.vcpuacct.history.track;

/**
 * What is known of one thing at one step.
 *
 * @param key what it is of, and what does not change of that
 * @param values in the same order each time
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Row(byte[] key, long[] values) {}
