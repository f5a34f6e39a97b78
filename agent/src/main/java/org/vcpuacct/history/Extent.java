package org.vcpuacct.history;

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
}
