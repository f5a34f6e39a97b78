package org.vcpuacct.history.track;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A track that is given its rows one by one. */
final class RowTrack extends Track {

  private final int columns;
  private final List<Integer> steps = new ArrayList<>();
  private final List<long[]> rows = new ArrayList<>();

  RowTrack(byte[] key, int columns) {
    super(key);
    this.columns = columns;
  }

  void add(int step, long[] row) {
    steps.add(step);
    rows.add(row);
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public int step(int index) {
    return steps.get(index);
  }

  @Override
  public long[] row(int index) {
    return rows.get(index);
  }

  @Override
  boolean fill(int column, long[] values) {
    boolean any = rows.stream().anyMatch(row -> row[column] != 0);
    if (any) {
      Arrays.setAll(values, i -> rows.get(i)[column]);
    }
    return any;
  }

  @Override
  int columns() {
    return columns;
  }
}
