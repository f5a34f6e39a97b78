package org.vcpuacct.history.track;

/**
 * A series of numbers in memory: by how much each is off a straight line, in as few octets as the
 * farthest needs. Counts go on at a rate of their own, so that is two octets mostly. Immutable.
 */
final class PackedLongs {

  private final long first;
  private final long slope;
  private final int octets;
  private final byte[] packed;

  /**
   * Packs a series.
   *
   * @param values at least one
   */
  PackedLongs(long[] values) {
    int last = values.length - 1;
    first = values[0];
    slope = last == 0 ? 0 : (values[last] - first) / last;
    int widest = 0;
    for (int i = 0; i <= last; i++) {
      widest = Math.max(widest, octets(values[i] - line(i)));
    }
    octets = widest;
    packed = new byte[values.length * octets];
    for (int i = 0; i <= last; i++) {
      put(i, values[i] - line(i));
    }
  }

  long get(int index) {
    if (octets == 0) {
      return line(index);
    }
    int at = index * octets;
    long off = packed[at]; // with its sign
    for (int i = 1; i < octets; i++) {
      off = (off << Byte.SIZE) | (packed[at + i] & 0xFF);
    }
    return line(index) + off;
  }

  private long line(int index) {
    return first + index * slope;
  }

  private void put(int index, long off) {
    for (int i = 0; i < octets; i++) {
      packed[index * octets + i] = (byte) (off >> (Byte.SIZE * (octets - 1 - i)));
    }
  }

  /** How many octets hold a number with its sign; none if it is 0. */
  private static int octets(long value) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
    return value == 0 ? 0 : bits / Byte.SIZE + 1;
  }
}
