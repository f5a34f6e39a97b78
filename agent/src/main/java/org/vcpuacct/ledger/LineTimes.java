package org.vcpuacct.ledger;

import java.util.OptionalLong;
import java.util.Set;

/**
 * Nanoseconds on each line that one tier measures. Immutable.
 *
 * <p>The lines partition the time they cover, so {@link #totalNs()} is that time.
 */
public final class LineTimes {

  private static final Line[] LINES = Line.values();

  private final Tier tier;
  private final long[] nsByOrdinal;
  private final long totalNs;

  private LineTimes(Tier tier, long[] nsByOrdinal, long totalNs) {
    this.tier = tier;
    this.nsByOrdinal = nsByOrdinal;
    this.totalNs = totalNs;
  }

  /**
   * The times of one tier.
   *
   * @param tier the tier whose lines these are
   * @param nsByOrdinal nanoseconds by {@link Line#ordinal()}; copied. What stands on a line that
   *     the tier does not measure must be 0
   * @throws IllegalArgumentException if a line outside the tier holds time, or a time is negative
   */
  public static LineTimes of(Tier tier, long[] nsByOrdinal) {
    Set<Line> measured = Line.of(tier);
    long totalNs = 0;
    for (Line line : LINES) {
      long ns = nsByOrdinal[line.ordinal()];
      if (ns < 0 || (ns > 0 && !measured.contains(line))) {
        throw new IllegalArgumentException(ns + " ns on line " + line + " in tier " + tier);
      }
      totalNs += ns;
    }
    return new LineTimes(tier, nsByOrdinal.clone(), totalNs);
  }

  /** The tier that measured these lines. */
  public Tier tier() {
    return tier;
  }

  /** Nanoseconds on the line; empty if the tier does not measure it. */
  public OptionalLong ns(Line line) {
    return measures(line) ? OptionalLong.of(nsByOrdinal[line.ordinal()]) : OptionalLong.empty();
  }

  /** Whether the tier measures the line. */
  public boolean measures(Line line) {
    return line.tiers().contains(tier);
  }

  /** The sum of all lines, ns. */
  public long totalNs() {
    return totalNs;
  }

  /** The sum of the lines with this roll-up, ns. */
  public long totalNs(RollUp rollUp) {
    long totalNs = 0;
    for (Line line : LINES) {
      if (line.rollUp() == rollUp) {
        totalNs += nsByOrdinal[line.ordinal()];
      }
    }
    return totalNs;
  }

  /** Nanoseconds by {@link Line#ordinal()}, in a new array. */
  public long[] toArray() {
    return nsByOrdinal.clone();
  }
}
