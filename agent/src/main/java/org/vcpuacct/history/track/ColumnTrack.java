package org.vcpuacct.history.track;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A track of which only those columns are in memory that are not 0 throughout. */
final class ColumnTrack extends Track {

  private final int[] steps;
  private final int columns;
  private final Map<Integer, PackedLongs> valuesByColumn;

  ColumnTrack(byte[] key, int[] steps, int columns, Map<Integer, PackedLongs> valuesByColumn) {
    super(key);
    this.steps = steps;
    this.columns = columns;
    this.valuesByColumn = valuesByColumn;
  }

  /** The same track by columns. */
  static Track of(Track rows) {
    int[] steps = new int[rows.size()];
    Arrays.setAll(steps, rows::step);
    Map<Integer, PackedLongs> valuesByColumn = new HashMap<>();
    long[] values = new long[steps.length];
    for (int column = 0; column < rows.columns(); column++) {
      if (rows.fill(column, values)) {
        valuesByColumn.put(column, new PackedLongs(values));
      }
    }
    return new ColumnTrack(rows.keyOctets(), steps, rows.columns(), valuesByColumn);
  }

  @Override
  boolean fill(int column, long[] values) {
    PackedLongs packed = valuesByColumn.get(column);
    if (packed != null) {
      Arrays.setAll(values, packed::get);
    }
    return packed != null;
  }

  @Override
  public int size() {
    return steps.length;
  }

  @Override
  public int step(int index) {
    return steps[index];
  }

  @Override
  public long[] row(int index) {
    long[] row = new long[columns];
    valuesByColumn.forEach((column, values) -> row[column] = values.get(index));
    return row;
  }

  @Override
  int columns() {
    return columns;
  }
}
