package org.vcpuacct.cli.top;

/**
 * What the account of a vCPU has counted since it was opened. Immutable. Lines and exit classes are
 * told by their place in a {@link Catalogue}.
 */
final class Counters {

  /** What is not told. */
  static final long ABSENT = -1;

  private final long exitCount;
  private final long[] lineNs;
  private final long[] exitCounts;
  private final long[] exitNs;

  /**
   * Counters, each {@link #ABSENT} if it is not told.
   *
   * @param exitCount exits of all classes
   * @param lineNs time on each line, ns; not copied, as the two below
   * @param exitCounts exits of each class
   * @param exitNs the time that they took, ns
   */
  Counters(long exitCount, long[] lineNs, long[] exitCounts, long[] exitNs) {
    this.exitCount = exitCount;
    this.lineNs = lineNs;
    this.exitCounts = exitCounts;
    this.exitNs = exitNs;
  }

  /** Exits of all classes. */
  long exitCount() {
    return exitCount;
  }

  /** Time on a line, ns. */
  long lineNs(int line) {
    return at(line, lineNs);
  }

  /** Exits of a class. */
  long exitCount(int exitClass) {
    return at(exitClass, exitCounts);
  }

  /** The time that exits of a class took, ns. */
  long exitNs(int exitClass) {
    return at(exitClass, exitNs);
  }

  private static long at(int place, long... counters) {
    return place < counters.length ? counters[place] : ABSENT;
  }
}
