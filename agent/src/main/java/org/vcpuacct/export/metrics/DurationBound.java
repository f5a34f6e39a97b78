package org.vcpuacct.export.metrics;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.vcpuacct.ledger.Log2Histogram;

/**
 * Where a bucket of a histogram of durations ends. Immutable.
 *
 * <p>A thousand vCPUs have a thousand histograms: every second bucket of a {@link Log2Histogram} is
 * enough to see where the durations are, from a microsecond to a second. The bounds are inclusive,
 * and so a nanosecond below the power of two where the next bucket begins.
 *
 * @param lastBucket the last bucket of a {@link Log2Histogram} that is within
 * @param label the bound in seconds
 */
record DurationBound(int lastBucket, Labels label) {

  private static final int FIRST = 9;
  private static final int LAST = 29;
  private static final int STEP = 2;
  private static final int NS_DIGITS = 9;
  private static final int LEAST_EXPONENT_IN_PLAIN = -4;
  private static final String LABEL = "le";

  /** The bounds, ascending, without the infinite one. */
  static final List<DurationBound> ALL =
      IntStream.iterate(FIRST, bucket -> bucket <= LAST, bucket -> bucket + STEP)
          .mapToObj(DurationBound::of)
          .toList();

  /** The bound of all durations. */
  static final Labels INFINITE = Labels.of(LABEL, "+Inf");

  private static DurationBound of(int lastBucket) {
    BigDecimal seconds = BigDecimal.valueOf((1L << (lastBucket + 1)) - 1, NS_DIGITS);
    return new DurationBound(lastBucket, Labels.of(LABEL, canonical(seconds)));
  }

  /** As OpenMetrics wants it: with an exponent where Go would write one. */
  private static String canonical(BigDecimal seconds) {
    int exponent = seconds.precision() - seconds.scale() - 1;
    return exponent < LEAST_EXPONENT_IN_PLAIN
        ? seconds.movePointRight(-exponent).toPlainString() + "e-0" + -exponent
        : seconds.toPlainString();
  }
}
