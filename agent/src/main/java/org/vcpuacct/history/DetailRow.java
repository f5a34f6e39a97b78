package org.vcpuacct.history;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.Log2Histogram;

/**
 * What is kept of a vCPU now and then, as a row in the order of the components; a histogram by
 * bucket, those of the exit classes by class. A code that is absent is told by a value before it.
 *
 * @param durations of exits, by {@link ExitClass#ordinal()}
 */
record DetailRow(
    long entries,
    long userspaceExits,
    long guestUserExits,
    long guestKernelExits,
    OptionalLong lastOtherCode,
    long maxLatencyNs,
    Log2Histogram latency,
    List<Log2Histogram> durations) {

  private static final int COUNTS = 7;

  static DetailRow of(ExactDetail detail) {
    List<Log2Histogram> durations = new ArrayList<>();
    for (ExitClass exitClass : ExitClass.values()) {
      durations.add(detail.exitTimes().durations(exitClass));
    }
    return new DetailRow(
        detail.entries(),
        detail.userspaceExits(),
        detail.guestUserExits(),
        detail.guestKernelExits(),
        detail.lastOtherCode(),
        detail.scheduling().maxLatencyNs(),
        detail.scheduling().latency(),
        durations);
  }

  static DetailRow read(long[] row) {
    Cursor in = new Cursor(row);
    return new DetailRow(
        in.take(),
        in.take(),
        in.take(),
        in.take(),
        takeCode(in),
        in.take(),
        takeHistogram(in),
        takeDurations(in));
  }

  long[] row() {
    long[] row = new long[COUNTS + (1 + durations.size()) * Log2Histogram.BUCKETS];
    Cursor out = new Cursor(row);
    out.put(entries);
    out.put(userspaceExits);
    out.put(guestUserExits);
    out.put(guestKernelExits);
    out.put(lastOtherCode.isPresent() ? 1 : 0);
    out.put(lastOtherCode.orElse(0));
    out.put(maxLatencyNs);
    put(out, latency);
    durations.forEach(histogram -> put(out, histogram));
    return row;
  }

  private static OptionalLong takeCode(Cursor in) {
    boolean present = in.take() == 1;
    long code = in.take();
    return present ? OptionalLong.of(code) : OptionalLong.empty();
  }

  private static void put(Cursor out, Log2Histogram histogram) {
    for (int bucket = 0; bucket < Log2Histogram.BUCKETS; bucket++) {
      out.put(histogram.count(bucket));
    }
  }

  private static List<Log2Histogram> takeDurations(Cursor in) {
    List<Log2Histogram> durations = new ArrayList<>();
    for (int i = 0; i < ExitClass.values().length; i++) {
      durations.add(takeHistogram(in));
    }
    return durations;
  }

  private static Log2Histogram takeHistogram(Cursor in) {
    long[] counts = new long[Log2Histogram.BUCKETS];
    for (int bucket = 0; bucket < counts.length; bucket++) {
      counts[bucket] = in.take();
    }
    return Log2Histogram.of(counts, 0);
  }
}
