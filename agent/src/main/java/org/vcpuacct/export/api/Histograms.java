package org.vcpuacct.export.api;

import org.vcpuacct.json.JsonWriter;
import org.vcpuacct.ledger.Log2Histogram;

/** Writes histograms. */
final class Histograms {

  private Histograms() {}

  /** An array of pairs: where a bucket that is not empty begins, ns, and how many are in it. */
  static void write(JsonWriter json, String name, Log2Histogram histogram) {
    json.putPairs(
        name,
        pairs -> {
          for (int bucket = 0; bucket < Log2Histogram.BUCKETS; bucket++) {
            long count = histogram.count(bucket);
            if (count > 0) {
              pairs.write(fromNs(bucket), count);
            }
          }
        });
  }

  /** The first bucket also holds durations of 0 ns. */
  private static long fromNs(int bucket) {
    return bucket == 0 ? 0 : 1L << bucket;
  }
}
