package org.vcpuacct.history.track;

import java.util.Arrays;

/**
 * A series of numbers as octets: the first one, then by how much more each differs from the one
 * before than is usual in this series. Noise about a rate is what most series are.
 *
 * <p>In the octets: the first number, with sign; the usual difference, with sign; a mode; what the
 * mode has. Numbers and differences are modulo 2^64.
 */
final class Column {

  /** Above all parameters of a {@link RiceCode}: no difference is unusual, nothing follows. */
  private static final int EVEN = 0x40;

  /** Few differences are unusual: of each, how many usual ones lie before it, and by how much. */
  private static final int SPARSE = 0x41;

  private Column() {}

  /**
   * Appends a series.
   *
   * @param values at least one
   */
  static void write(OctetWriter out, long[] values) {
    long usual = usualDifference(values);
    long[] folded = new long[values.length - 1];
    for (int i = 0; i < folded.length; i++) {
      folded[i] = ZigZag.fold(values[i + 1] - values[i] - usual);
    }
    out.signed(values[0]).signed(usual);
    byte[] sparse = sparse(folded);
    int k = folded.length == 0 ? 0 : RiceCode.bestK(folded);
    if (Arrays.stream(folded).allMatch(value -> value == 0)) {
      out.octet(EVEN);
    } else if (sparse.length * (long) Byte.SIZE < RiceCode.bits(folded, k)) {
      out.octet(SPARSE).octets(sparse);
    } else {
      out.octet(k);
      RiceCode.write(new BitWriter(out), folded, k);
    }
  }

  /**
   * Reads a series.
   *
   * @param count how many numbers it has
   */
  static long[] read(OctetReader in, int count) throws MalformedTrackException {
    long[] values = new long[count];
    values[0] = in.signed();
    long usual = in.signed();
    long[] folded = folded(in, count - 1);
    for (int i = 1; i < count; i++) {
      values[i] = values[i - 1] + usual + ZigZag.unfold(folded[i - 1]);
    }
    return values;
  }

  private static long[] folded(OctetReader in, int count) throws MalformedTrackException {
    int mode = in.octet();
    if (mode == EVEN) {
      return new long[count];
    }
    if (mode == SPARSE) {
      return sparse(in.part(), count);
    }
    if (mode > RiceCode.MAX_K) {
      throw new MalformedTrackException("a column has the mode " + mode);
    }
    return RiceCode.read(new BitReader(in), count, mode);
  }

  /** The median: few differences that are far off do not move it. */
  private static long usualDifference(long[] values) {
    if (values.length < 2) {
      return 0;
    }
    long[] differences = new long[values.length - 1];
    Arrays.setAll(differences, i -> values[i + 1] - values[i]);
    Arrays.sort(differences);
    return differences[differences.length / 2];
  }

  private static byte[] sparse(long[] folded) {
    OctetWriter out = new OctetWriter();
    int before = -1;
    for (int i = 0; i < folded.length; i++) {
      if (folded[i] != 0) {
        out.varint(i - before - 1).varint(folded[i]);
        before = i;
      }
    }
    return out.toArray();
  }

  private static long[] sparse(OctetReader in, int count) throws MalformedTrackException {
    long[] folded = new long[count];
    int next = 0;
    while (!in.atEnd()) {
      next += in.count(count - next - 1);
      folded[next] = in.varint();
      next++;
    }
    return folded;
  }
}
