package org.vcpuacct.alarm;

/** Perceived severity of an alarm: ITU-T X.733; the numbers are those of RFC 3877. */
public enum Severity {
  CRITICAL(3, "critical"),
  MAJOR(4, "major"),
  MINOR(5, "minor"),
  WARNING(6, "warning");

  private final int number;
  private final String label;

  Severity(int number, String label) {
    this.number = number;
    this.label = label;
  }

  /** Permanent number: that of ItuPerceivedSeverity. */
  public int number() {
    return number;
  }

  /** Lower case name, as the configuration and a terminal write it. */
  public String label() {
    return label;
  }
}
