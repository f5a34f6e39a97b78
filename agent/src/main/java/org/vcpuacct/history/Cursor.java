package org.vcpuacct.history;

/** A place in a row, which moves on by one at each value that is put or taken. */
final class Cursor {

  private final long[] row;
  private int next;

  Cursor(long[] row) {
    this.row = row;
  }

  void put(long value) {
    row[next++] = value;
  }

  long take() {
    return row[next++];
  }
}
