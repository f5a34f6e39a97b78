package org.vcpuacct.export.api;

import java.util.ArrayList;
import java.util.List;
import org.vcpuacct.json.JsonWriter;
import org.vcpuacct.json.JsonWriter.Pair;
import org.vcpuacct.ledger.Log2Histogram;

/** Writes histograms. */
final class Histograms {

  private Histograms() {}

  /** An array of pairs: where a bucket that is not empty begins, ns, and how many are in it. */
  static void write(JsonWriter json, String name, Log2Histogram histogram) {
    List<Pair> buckets = new ArrayList<>();
    for (int bucket = 0; bucket < Log2Histogram.BUCKETS; bucket++) {
      if (histogram.count(bucket) > 0) {
        buckets.add(new Pair(fromNs(bucket), histogram.count(bucket)));
      }
    }
    json.putPairs(name, buckets);
  }

  /** The first bucket also holds durations of 0 ns. */
  private static long fromNs(int bucket) {
    return bucket == 0 ? 0 : 1L << bucket;
  }
}
