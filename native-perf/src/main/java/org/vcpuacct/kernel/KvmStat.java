package org.vcpuacct.kernel;

/**
 * One statistic as KVM describes it: struct kvm_stats_desc of linux/kvm.h. A value counts in steps
 * of its base to the power of its exponent: with POWER_OF_10, -9 and SECONDS it is in nanoseconds.
 *
 * @param name for example {@code exits}
 * @param kind how its values behave
 * @param unit what it measures
 * @param base of the exponent
 * @param exponent of the step between two values
 * @param size number of values: buckets of a histogram, else usually 1
 * @param offset where its first value lies, in bytes from the start of the data block
 * @param bucketSize width of a bucket of a linear histogram
 */
public record KvmStat(
    String name,
    Kind kind,
    Unit unit,
    Base base,
    int exponent,
    int size,
    long offset,
    long bucketSize) {

  /** How the values of a statistic behave. */
  public enum Kind {
    /** Only grows. */
    CUMULATIVE,
    /** Grows and shrinks. */
    INSTANT,
    /** The highest value so far. */
    PEAK,
    /** Counts of values in buckets of equal width; the last one is open. */
    LINEAR_HISTOGRAM,
    /** Counts of values in buckets [0,1), [1,2), [2,4), [4,8) and so on; the last one is open. */
    LOGARITHMIC_HISTOGRAM,
    /** A kind of a later kernel. */
    UNKNOWN
  }

  /** What a statistic measures. */
  public enum Unit {
    /** A plain number, of events for example. */
    NONE,
    /** Bytes of memory. */
    BYTES,
    /** Time. */
    SECONDS,
    /** CPU clock cycles. */
    CYCLES,
    /** 0 or 1; of a histogram, counts of them. */
    BOOLEAN,
    /** A unit of a later kernel. */
    UNKNOWN
  }

  /** What the exponent of a statistic is the power of. */
  public enum Base {
    /** Decimal steps: nanoseconds, milliseconds. */
    POWER_OF_10,
    /** Binary steps: KiB, MiB. */
    POWER_OF_2,
    /** A base of a later kernel. */
    UNKNOWN
  }

  /** Whether it is one number and no histogram. */
  public boolean scalar() {
    return size == 1 && !histogram();
  }

  /** Whether its values are counts of buckets. */
  public boolean histogram() {
    return kind == Kind.LINEAR_HISTOGRAM || kind == Kind.LOGARITHMIC_HISTOGRAM;
  }

  /** First byte behind its values, from the start of the data block. */
  long end() {
    return offset + (long) size * Long.BYTES;
  }
}
