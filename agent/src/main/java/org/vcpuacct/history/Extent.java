package org.vcpuacct.history;

import java.util.function.LongFunction;

/**
 * A stretch of time. Immutable.
 *
 * @param fromEpochMillis its beginning, wall-clock time, ms since 1970
 * @param toEpochMillis its end
 */
public record Extent(long fromEpochMillis, long toEpochMillis) {

  /** Whether an instant is in it, both ends included. */
  public boolean contains(long epochMillis) {
    return fromEpochMillis <= epochMillis && epochMillis <= toEpochMillis;
  }

  /** Whether an instant is in both, the ends included. */
  public boolean overlaps(Extent other) {
    return fromEpochMillis <= other.toEpochMillis && other.fromEpochMillis <= toEpochMillis;
  }

  /**
   * Both ends in words.
   *
   * @param words a time in words, of ms since 1970
   */
  public String words(LongFunction<String> words) {
    return words.apply(fromEpochMillis) + " to " + words.apply(toEpochMillis);
  }
}
