package org.vcpuacct.kernel;

import java.nio.ByteBuffer;

/** What the counters of a {@link PerfEventGroup} stood at, all at the same instant. */
public final class PerfReading {

  private static final int NR_OFFSET = 0;
  private static final int TIME_ENABLED_OFFSET = 8;
  private static final int TIME_RUNNING_OFFSET = 16;
  private static final int VALUES_OFFSET = 24;

  private final long enabledNs;
  private final long runningNs;
  private final long[] counts;

  private PerfReading(long enabledNs, long runningNs, long[] counts) {
    this.enabledNs = enabledNs;
    this.runningNs = runningNs;
    this.counts = counts;
  }

  static int sizeFor(int counters) {
    return VALUES_OFFSET + counters * Long.BYTES;
  }

  /** Takes the values out of struct read_format of linux/perf_event.h. */
  static PerfReading of(ByteBuffer readFormat) {
    long[] counts = new long[Math.toIntExact(readFormat.getLong(NR_OFFSET))];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = readFormat.getLong(VALUES_OFFSET + i * Long.BYTES);
    }
    return new PerfReading(
        readFormat.getLong(TIME_ENABLED_OFFSET), readFormat.getLong(TIME_RUNNING_OFFSET), counts);
  }

  /**
   * How often an event was hit since the group was opened.
   *
   * @param index the event's place in the list that the group was opened with
   */
  public long count(int index) {
    return counts[index];
  }

  /** On-CPU nanoseconds of the thread since the group was opened. */
  public long enabledNs() {
    return enabledNs;
  }

  /** Nanoseconds of {@link #enabledNs} during which the counters really counted. */
  public long runningNs() {
    return runningNs;
  }

  /** Whether the counters stood still for a part of the time: the counts are then too small. */
  public boolean multiplexed() {
    return runningNs < enabledNs;
  }
}
