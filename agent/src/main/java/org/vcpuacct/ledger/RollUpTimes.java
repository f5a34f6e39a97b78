package org.vcpuacct.ledger;

import java.util.Arrays;
import java.util.function.ToLongFunction;

/** Nanoseconds by roll-up. Immutable. */
public final class RollUpTimes {

  private static final RollUp[] ROLL_UPS = RollUp.values();

  private final long[] nsByOrdinal;

  private RollUpTimes(long... nsByOrdinal) {
    this.nsByOrdinal = nsByOrdinal;
  }

  /** The lines of an account, rolled up. */
  public static RollUpTimes of(LineTimes lines) {
    long[] ns = new long[ROLL_UPS.length];
    for (RollUp rollUp : ROLL_UPS) {
      ns[rollUp.ordinal()] = lines.totalNs(rollUp);
    }
    return new RollUpTimes(ns);
  }

  /**
   * Times that are known by roll-up.
   *
   * @param ns the time of a roll-up, ns; asked in the order of the roll-ups
   */
  public static RollUpTimes of(ToLongFunction<RollUp> ns) {
    return new RollUpTimes(Arrays.stream(ROLL_UPS).mapToLong(ns).toArray());
  }

  /** Time on the lines with this roll-up, ns. */
  public long ns(RollUp rollUp) {
    return nsByOrdinal[rollUp.ordinal()];
  }

  /** Time on all lines, ns: wall time. */
  public long wallNs() {
    return Arrays.stream(nsByOrdinal).sum();
  }

  /** What was added since an earlier reading of the same account. */
  public RollUpTimes since(RollUpTimes earlier) {
    long[] ns = new long[ROLL_UPS.length];
    Arrays.setAll(ns, i -> nsByOrdinal[i] - earlier.nsByOrdinal[i]);
    return new RollUpTimes(ns);
  }

  /**
   * What stood there at an instant between this reading and a later one, had time gone on evenly.
   *
   * @param part how much of the time between them had passed, from 0 to 1
   */
  public RollUpTimes between(RollUpTimes later, double part) {
    long[] ns = new long[ROLL_UPS.length];
    Arrays.setAll(
        ns, i -> nsByOrdinal[i] + Math.round((later.nsByOrdinal[i] - nsByOrdinal[i]) * part));
    return new RollUpTimes(ns);
  }
}
