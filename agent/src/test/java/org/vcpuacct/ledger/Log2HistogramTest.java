package org.vcpuacct.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Log2HistogramTest {

  private static final int LAST = Log2Histogram.BUCKETS - 1;

  @Test
  void withoutDurationsThereIsNoPercentile() {
    Log2Histogram empty = Log2Histogram.of(new long[Log2Histogram.BUCKETS], 0);

    assertThat(empty).isEqualTo(Log2Histogram.empty()).hasSameHashCodeAs(Log2Histogram.empty());
    assertThat(empty.total()).isZero();
    assertThat(empty.count(0)).isZero();
    assertThat(empty.count(LAST)).isZero();
    assertThat(empty.percentileNs(0.5)).isEmpty();
    assertThat(empty.percentileNs(1)).isEmpty();
  }

  @Test
  void theCountsAreTakenFromTheOffsetOnAndNotFromWhatSurroundsThem() {
    long[] counts = new long[Log2Histogram.BUCKETS + 2];
    Arrays.fill(counts, 1);
    counts[0] = 100;
    counts[counts.length - 1] = 100;

    Log2Histogram histogram = Log2Histogram.of(counts, 1);
    counts[1] = 100;

    assertThat(histogram.total()).isEqualTo(Log2Histogram.BUCKETS);
    assertThat(histogram.count(0)).isEqualTo(1);
    assertThat(histogram.count(LAST)).isEqualTo(1);
  }

  @Test
  void aSumHasTheDurationsOfAll() {
    Log2Histogram sum =
        Log2Histogram.sum(
            List.of(histogram(5, 2), Log2Histogram.empty(), Snapshots.histogram(LAST, 7)));

    assertThat(sum.total()).isEqualTo(14);
    assertThat(sum.count(10)).isEqualTo(5);
    assertThat(sum.count(20)).isEqualTo(2);
    assertThat(sum.count(LAST)).isEqualTo(7);
    assertThat(Log2Histogram.sum(List.of())).isEqualTo(Log2Histogram.empty());
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "1, 4", "10, 2048", "30, 2147483648", "31, 2147483648"})
  void aPercentileIsTheUpperEndOfABucketAndTheLowerOneOfTheLast(int bucket, long expectedNs) {
    Log2Histogram histogram = Snapshots.histogram(bucket, 3);

    assertThat(histogram.count(bucket)).isEqualTo(3);
    assertThat(histogram.percentileNs(0.01)).hasValue(expectedNs);
    assertThat(histogram.percentileNs(0.5)).hasValue(expectedNs);
    assertThat(histogram.percentileNs(1)).hasValue(expectedNs);
  }

  @Test
  void aPercentileHasItsShareOfTheDurationsBelowIt() {
    assertThat(histogram(99, 1).percentileNs(0.5)).hasValue(1 << 11);
    assertThat(histogram(99, 1).percentileNs(0.99)).hasValue(1 << 11);
    assertThat(histogram(98, 2).percentileNs(0.99)).hasValue(1 << 21);
    assertThat(histogram(99, 1).percentileNs(1)).hasValue(1 << 21);
    assertThat(histogram(1, 1).percentileNs(0.5)).hasValue(1 << 11);
    assertThat(histogram(1, 2).percentileNs(0.5)).hasValue(1 << 21);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1})
  void aPercentileIsAboveTheTrueOneByAFactorOfTwoAtMost(double share) {
    Random random = new Random(7);
    long[] durationsNs = random.longs(1_000, 1, 1L << 31).map(ns -> ns >> (ns & 15) | 1).toArray();
    long[] counts = new long[Log2Histogram.BUCKETS];
    for (long ns : durationsNs) {
      counts[Long.SIZE - 1 - Long.numberOfLeadingZeros(ns)]++;
    }
    Arrays.sort(durationsNs);
    long trueNs = durationsNs[(int) Math.ceil(share * durationsNs.length) - 1];

    long percentileNs = Log2Histogram.of(counts, 0).percentileNs(share).orElseThrow();

    assertThat(percentileNs).isGreaterThan(trueNs).isLessThanOrEqualTo(2 * trueNs);
  }

  @Test
  void whatCameSinceIsCountedBucketByBucket() {
    Log2Histogram since = histogram(7, 3).since(histogram(5, 0));

    assertThat(since).isEqualTo(histogram(2, 3));
    assertThat(since).isNotEqualTo(histogram(2, 4)).isNotEqualTo(Snapshots.histogram(11, 2));
    assertThat(histogram(7, 3).since(Log2Histogram.empty())).isEqualTo(histogram(7, 3));
    assertThat(histogram(7, 3).since(histogram(7, 0))).isEqualTo(Snapshots.histogram(20, 3));
    assertThat(histogram(7, 3).since(histogram(7, 3))).isEqualTo(Log2Histogram.empty());
  }

  @Test
  void whatIsNoFormerStateIsRefused() {
    assertThatThrownBy(() -> histogram(4, 3).since(histogram(5, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("-1 in bucket 10");
  }

  @Test
  void aNegativeCountIsRefusedWithItsBucket() {
    long[] counts = new long[Log2Histogram.BUCKETS + 5];
    counts[5 + 7] = -2;

    assertThatThrownBy(() -> Log2Histogram.of(counts, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("-2 in bucket 7");
  }

  /** So many durations from 2^10 ns, and so many from 2^20 ns. */
  private static Log2Histogram histogram(long shorter, long longer) {
    long[] counts = new long[Log2Histogram.BUCKETS];
    counts[10] = shorter;
    counts[20] = longer;
    return Log2Histogram.of(counts, 0);
  }
}
