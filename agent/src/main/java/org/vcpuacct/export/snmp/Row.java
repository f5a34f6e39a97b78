package org.vcpuacct.export.snmp;

import java.util.Arrays;

/** A row of a table: the index as components of an object identifier, and what it shows. */
final class Row<R> implements Comparable<Row<?>> {

  private final R value;
  private final int[] index;

  Row(R value, int... index) {
    this.value = value;
    this.index = index.clone();
  }

  R value() {
    return value;
  }

  int indexLength() {
    return index.length;
  }

  void copyIndexTo(int[] oid, int offset) {
    System.arraycopy(index, 0, oid, offset, index.length);
  }

  /** Compares the index with the end of an object identifier, in lexicographic order. */
  int compareToEnd(int[] oid, int offset) {
    return Arrays.compareUnsigned(index, 0, index.length, oid, offset, oid.length);
  }

  @Override
  public int compareTo(Row<?> other) {
    return Arrays.compareUnsigned(index, other.index);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Row<?> row && Arrays.equals(index, row.index);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(index);
  }
}
