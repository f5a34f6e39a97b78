package org.vcpuacct.ledger;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Exits of one vCPU, in total and by class. Immutable.
 *
 * <p>A class that the architecture or the tier cannot tell is absent, which is not zero.
 */
public final class ExitCounts {

  private static final long ABSENT = -1;

  private final long total;
  private final long[] byOrdinal;

  private ExitCounts(long total, long[] byOrdinal) {
    this.total = total;
    this.byOrdinal = byOrdinal;
  }

  /** Collects the counts of the classes that can be told; the others stay absent. */
  public static Builder builder(long total) {
    return new Builder(total);
  }

  /** All exits. */
  public long total() {
    return total;
  }

  /** Exits of the class; empty if it cannot be told. */
  public OptionalLong of(ExitClass exitClass) {
    long count = byOrdinal[exitClass.ordinal()];
    return count == ABSENT ? OptionalLong.empty() : OptionalLong.of(count);
  }

  /** What was counted since {@code earlier}; a class absent from either stays absent. */
  public ExitCounts since(ExitCounts earlier) {
    long[] delta = byOrdinal.clone();
    for (int i = 0; i < delta.length; i++) {
      boolean told = delta[i] != ABSENT && earlier.byOrdinal[i] != ABSENT;
      delta[i] = told ? delta[i] - earlier.byOrdinal[i] : ABSENT;
    }
    return new ExitCounts(total - earlier.total, delta);
  }

  /** Collects one {@link ExitCounts}. */
  public static final class Builder {

    private final long total;
    private final long[] byOrdinal = new long[ExitClass.values().length];

    private Builder(long total) {
      this.total = total;
      Arrays.fill(byOrdinal, ABSENT);
    }

    /** Sets the count of a class that can be told. */
    public Builder set(ExitClass exitClass, long count) {
      if (count < 0) {
        throw new IllegalArgumentException(count + " exits of " + exitClass);
      }
      byOrdinal[exitClass.ordinal()] = count;
      return this;
    }

    /** The counts collected so far. */
    public ExitCounts build() {
      return new ExitCounts(total, byOrdinal.clone());
    }
  }
}
