package org.vcpuacct.ledger;

import java.util.List;

/**
 * How long the host took to handle the exits of each class: time on CPU only, without halt polling,
 * sleep, waiting and user space. Immutable.
 */
public final class ExitTimes {

  private final long[] nsByOrdinal;
  private final List<Log2Histogram> durationsByOrdinal;

  /**
   * The times of all classes.
   *
   * @param nsByOrdinal nanoseconds by {@link ExitClass#ordinal()}; copied
   * @param durationsByOrdinal durations of the exits that are over, by {@link ExitClass#ordinal()}
   */
  public ExitTimes(long[] nsByOrdinal, List<Log2Histogram> durationsByOrdinal) {
    int classes = ExitClass.values().length;
    if (nsByOrdinal.length != classes || durationsByOrdinal.size() != classes) {
      throw new IllegalArgumentException(
          nsByOrdinal.length + " and " + durationsByOrdinal.size() + " of " + classes + " classes");
    }
    this.nsByOrdinal = nsByOrdinal.clone();
    this.durationsByOrdinal = List.copyOf(durationsByOrdinal);
  }

  /** Time that exits of the class took, ns. The classes sum to {@link Line#EXIT}. */
  public long ns(ExitClass exitClass) {
    return nsByOrdinal[exitClass.ordinal()];
  }

  /** How long single exits of the class took. */
  public Log2Histogram durations(ExitClass exitClass) {
    return durationsByOrdinal.get(exitClass.ordinal());
  }
}
