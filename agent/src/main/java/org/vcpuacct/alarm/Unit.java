package org.vcpuacct.alarm;

/** What the figures of a condition are counted in. */
public enum Unit {
  HUNDREDTHS_OF_PERCENT("0.01 %"),
  EXITS_PER_SECOND("exits/s"),
  MICROSECONDS("us"),
  MILLISECONDS("ms"),
  SECONDS("s"),
  /** A state that holds or does not: 1 or 0. */
  STATE("");

  private final String symbol;

  Unit(String symbol) {
    this.symbol = symbol;
  }

  /** As a terminal shows it; empty for a state. */
  public String symbol() {
    return symbol;
  }
}
