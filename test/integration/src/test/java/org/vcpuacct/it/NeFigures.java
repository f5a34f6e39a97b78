package org.vcpuacct.it;

import java.util.List;

/**
 * The row of a network element over the last interval. Shares in percent of the time of all its
 * vCPUs.
 *
 * @param load all that is not idle
 * @param useful the guests' own work
 * @param overhead what virtualisation takes
 * @param idle nothing to do
 * @param contention what the host's other work takes
 * @param unknown not measured
 * @param cause a value of VcpuAcctCause
 * @param contributors in words
 */
record NeFigures(
    double load,
    double useful,
    double overhead,
    double idle,
    double contention,
    double unknown,
    long cause,
    String contributors) {

  static final long DEMAND = 2;
  static final long OVERHEAD = 3;
  static final long CONTENTION = 4;

  static final List<String> COLUMNS =
      List.of(
          "vaNeLoadLast",
          "vaNeUsefulLast",
          "vaNeOverheadLast",
          "vaNeIdleLast",
          "vaNeContentionLast",
          "vaNeUnknownLast",
          "vaNeCauseLast",
          "vaNeContributorsLast");

  /** The row of the values of {@link #COLUMNS}. */
  static NeFigures of(List<Varbind> values) {
    return new NeFigures(
        percent(values.get(0)),
        percent(values.get(1)),
        percent(values.get(2)),
        percent(values.get(3)),
        percent(values.get(4)),
        percent(values.get(5)),
        values.get(6).asLong(),
        values.get(7).asText());
  }

  /** The shares that every nanosecond is on one of. */
  double sum() {
    return useful + overhead + idle + contention + unknown;
  }

  private static double percent(Varbind value) {
    return value.asLong() / 100.0;
  }
}
