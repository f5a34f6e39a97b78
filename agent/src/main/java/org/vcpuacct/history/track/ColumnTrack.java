package org.vcpuacct.history.track;

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
