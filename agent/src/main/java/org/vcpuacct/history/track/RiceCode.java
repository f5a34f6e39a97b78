package org.vcpuacct.history.track;

/**
 * Golomb-Rice code, as FLAC has it (RFC 9639 section 9.2.7): of a folded number, what is above the
 * lowest {@code k} bits in unary, as ones and a zero, then those bits. A number that would take
 * {@link #ESCAPE} ones has these, and then its 64 bits.
 */
final class RiceCode {

  /** The largest parameter that is of use. */
  static final int MAX_K = 62;

  private static final int ESCAPE = 24;

  private RiceCode() {}

  /** The parameter that makes these folded numbers short. */
  static int bestK(long[] folded) {
    double sum = 0;
    for (long value : folded) {
      sum += value < 0 ? Long.MAX_VALUE : value;
    }
    long mean = (long) (sum / folded.length);
    int guess = Math.min(MAX_K - 1, Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(mean) - 1));
    int best = guess - 1;
    for (int k = guess; k <= guess + 1; k++) {
      if (bits(folded, k) < bits(folded, best)) {
        best = k;
      }
    }
    return best;
  }

  /** How many bits these numbers take. */
  static long bits(long[] folded, int k) {
    long bits = 0;
    for (long value : folded) {
      long ones = value >>> k;
      bits += isLong(ones) ? ESCAPE + Long.SIZE : ones + 1 + k;
    }
    return bits;
  }

  static void write(BitWriter out, long[] folded, int k) {
    for (long value : folded) {
      long ones = value >>> k;
      if (isLong(ones)) {
        out.repeat(1, ESCAPE);
        out.bits(value, Long.SIZE);
      } else {
        out.repeat(1, (int) ones);
        out.repeat(0, 1);
        out.bits(value, k);
      }
    }
    out.finish();
  }

  static long[] read(BitReader in, int count, int k) throws MalformedTrackException {
    long[] folded = new long[count];
    for (int i = 0; i < count; i++) {
      int ones = in.ones(ESCAPE);
      folded[i] = ones == ESCAPE ? in.bits(Long.SIZE) : (long) ones << k | in.bits(k);
    }
    return folded;
  }

  private static boolean isLong(long ones) {
    return Long.compareUnsigned(ones, ESCAPE) >= 0;
  }
}
