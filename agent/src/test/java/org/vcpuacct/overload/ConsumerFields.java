package org.vcpuacct.overload;

import java.util.Locale;
import java.util.OptionalInt;
import org.vcpuacct.ledger.Overload;

/**
 * What a consumer puts into its own protocol, from what the feed says: the table of
 * docs/load-shedding.md in code.
 */
final class ConsumerFields {

  private static final int MS_PER_SECOND = 1_000;
  private static final int PERCENT = 100;

  private ConsumerFields() {}

  /**
   * Overload Control Information of GTP-C, 3GPP TS 29.274, 12.3.5.1.2.
   *
   * @param sequenceNumber 32 bits, unsigned
   * @param reductionMetric percent, 0 to 100
   * @param epcTimer period of validity as in 8.87: unit in the upper 3 bits, value in the lower 5
   */
  record GtpOverloadControl(long sequenceNumber, int reductionMetric, int epcTimer) {

    private static final int MAX_TIMER_VALUE = 31;
    private static final int UNIT_SHIFT = 5;

    /** Seconds of the units 0 to 4. */
    private static final int[] UNIT_SECONDS = {2, 60, 600, 3_600, 36_000};

    static GtpOverloadControl of(Overload overload) {
      return new GtpOverloadControl(
          overload.sequence() & 0xFFFF_FFFFL, overload.reduction(), timer(wholeSeconds(overload)));
    }

    private static int timer(int seconds) {
      for (int unit = 0; unit < UNIT_SECONDS.length; unit++) {
        int value = (seconds + UNIT_SECONDS[unit] - 1) / UNIT_SECONDS[unit];
        if (value <= MAX_TIMER_VALUE) {
          return unit << UNIT_SHIFT | value;
        }
      }
      throw new IllegalArgumentException("longer than any timer: " + seconds + " s");
    }
  }

  /** Load Control Information of GTP-C, TS 29.274, 12.2.5.1.2. */
  record GtpLoadControl(long sequenceNumber, int loadMetric) {

    static GtpLoadControl of(Overload overload) {
      return new GtpLoadControl(overload.sequence() & 0xFFFF_FFFFL, overload.load());
    }
  }

  /** OC-OLR of Diameter, RFC 7683, 7.3: a validity of 0 ends the overload. */
  record DiameterOverload(long sequenceNumber, int reductionPercentage, int validitySeconds) {

    static DiameterOverload of(Overload overload) {
      return new DiameterOverload(
          overload.sequence(),
          overload.reduction(),
          overload.reduction() == 0 ? 0 : wholeSeconds(overload));
    }
  }

  /** Traffic Load Reduction Indication of S1AP and NGAP: 1 to 99; empty is Overload Stop. */
  static OptionalInt trafficLoadReduction(Overload overload) {
    return overload.reduction() == 0
        ? OptionalInt.empty()
        : OptionalInt.of(Math.min(overload.reduction(), PERCENT - 1));
  }

  /** Load-Value of Diameter, RFC 8583: 0 to 65535, the higher the less loaded. */
  static int diameterLoadValue(Overload overload) {
    return Math.round((PERCENT - overload.load()) * 65_535f / PERCENT);
  }

  /** Parameters of a Via header of SIP, RFC 7339, 4. */
  static String sipParameters(Overload overload) {
    return String.format(
        Locale.ROOT,
        "oc=%d;oc-algo=\"loss\";oc-validity=%d;oc-seq=%d.0",
        overload.reduction(),
        overload.validityMs(),
        overload.sequence());
  }

  /** A validity that is not a whole number of seconds is not cut to one in which nothing comes. */
  private static int wholeSeconds(Overload overload) {
    return (overload.validityMs() + MS_PER_SECOND - 1) / MS_PER_SECOND;
  }
}
