package org.vcpuacct.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * How often something took how long, in powers of two. Bucket b holds durations from 2^b up to, but
 * not including, 2^(b+1) ns; bucket 0 also those of 0 ns, the last one all that are longer.
 * Immutable.
 */
public final class Log2Histogram {

  /** Buckets in a histogram: the last one begins at 2.1 s. */
  public static final int BUCKETS = 32;

  private static final Log2Histogram EMPTY = new Log2Histogram(0, new long[0]);

  // Most histograms have a few buckets side by side that are not empty: only these are kept.
  private final int first;
  private final long[] counts;

  private Log2Histogram(int first, long[] counts) {
    this.first = first;
    this.counts = counts;
  }

  /** A histogram without any duration. */
  public static Log2Histogram empty() {
    return EMPTY;
  }

  /**
   * A histogram of {@link #BUCKETS} counts.
   *
   * @param counts the array that holds them; copied
   * @param offset where they begin in it
   * @throws IllegalArgumentException if a count is negative
   */
  public static Log2Histogram of(long[] counts, int offset) {
    int first = offset;
    int end = offset + BUCKETS;
    while (first < end && counts[first] == 0) {
      first++;
    }
    while (end > first && counts[end - 1] == 0) {
      end--;
    }
    if (first == end) {
      return EMPTY;
    }
    for (int i = first; i < end; i++) {
      if (counts[i] < 0) {
        throw new IllegalArgumentException(counts[i] + " in bucket " + (i - offset));
      }
    }
    return new Log2Histogram(first - offset, Arrays.copyOfRange(counts, first, end));
  }

  /** All durations of these histograms in one. */
  public static Log2Histogram sum(List<Log2Histogram> histograms) {
    long[] counts = new long[BUCKETS];
    for (Log2Histogram histogram : histograms) {
      for (int i = 0; i < histogram.counts.length; i++) {
        counts[histogram.first + i] += histogram.counts[i];
      }
    }
    return of(counts, 0);
  }

  /** How many durations are in a bucket. */
  public long count(int bucket) {
    int index = bucket - first;
    return index >= 0 && index < counts.length ? counts[index] : 0;
  }

  /** How many durations there are in all. */
  public long total() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }

  /** The durations that came after {@code earlier}, a former state of this histogram. */
  public Log2Histogram since(Log2Histogram earlier) {
    long[] delta = new long[BUCKETS];
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      delta[bucket] = count(bucket) - earlier.count(bucket);
    }
    return of(delta, 0);
  }

  /**
   * A duration that the given share of all durations does not exceed: the upper end of a bucket,
   * ns; empty if there are no durations. In the last bucket that is its lower end: it has no upper
   * one.
   *
   * @param share from 0, exclusive, to 1
   */
  public OptionalLong percentileNs(double share) {
    long rank = (long) Math.ceil(share * total());
    long passed = 0;
    for (int i = 0; i < counts.length; i++) {
      passed += counts[i];
      if (passed >= rank && passed > 0) {
        return OptionalLong.of(1L << Math.min(first + i + 1, BUCKETS - 1));
      }
    }
    return OptionalLong.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Log2Histogram that
        && first == that.first
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * first + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "from 2^" + first + " ns: " + Arrays.toString(counts);
  }
}
