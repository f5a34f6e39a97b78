package org.vcpuacct.history.track;

/** Folds numbers with sign so that those near 0 are small ones without: 0, -1, 1, -2 and so on. */
final class ZigZag {

  private ZigZag() {}

  static long fold(long value) {
    return (value << 1) ^ (value >> (Long.SIZE - 1));
  }

  static long unfold(long folded) {
    return (folded >>> 1) ^ -(folded & 1);
  }
}
