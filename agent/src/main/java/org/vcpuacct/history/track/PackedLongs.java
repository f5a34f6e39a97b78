package org.vcpuacct.history.track;

/** A series of numbers in memory, in half the room where they are near each other. Immutable. */
final class PackedLongs {

  private final long first;
  private final int[] differences;
  private final long[] wide;

  PackedLongs(long[] values) {
    first = values[0];
    int[] narrow = new int[values.length];
    boolean fits = true;
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (int) (values[i] - first);
      fits &= narrow[i] == values[i] - first;
    }
    differences = fits ? narrow : new int[0];
    wide = fits ? new long[0] : values.clone();
  }

  long get(int index) {
    return wide.length == 0 ? first + differences[index] : wide[index];
  }
}
