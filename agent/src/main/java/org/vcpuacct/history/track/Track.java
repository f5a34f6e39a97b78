package org.vcpuacct.history.track;

/**
 * What is known of one thing step by step: rows of numbers, all of the same length. A step without
 * a row is one in which the thing was not there.
 */
public abstract class Track {

  private final byte[] key;

  /**
   * A track.
   *
   * @param key what it is of, and what does not change of that
   */
  Track(byte[] key) {
    this.key = key.clone();
  }

  /** What it is of, to be read from its beginning. */
  public OctetReader key() {
    return new OctetReader(key);
  }

  /** How many rows it has. */
  public abstract int size();

  /** The step of a row; never before that of the row before. */
  public abstract int step(int index);

  /** A row. */
  public abstract long[] row(int index);

  /** How many values a row has. */
  abstract int columns();

  /**
   * Takes a column.
   *
   * @param values gets its value in each row; stays as it is if all are 0
   * @return whether any is not 0
   */
  abstract boolean fill(int column, long[] values);

  /** Index of the last row that is not behind a step; -1 if there is none. */
  public int lastUpTo(int step) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (step(middle) <= step) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** Whether it has a row of this very step. */
  public boolean has(int step) {
    int index = lastUpTo(step);
    return index >= 0 && step(index) == step;
  }

  byte[] keyOctets() {
    return key;
  }
}
