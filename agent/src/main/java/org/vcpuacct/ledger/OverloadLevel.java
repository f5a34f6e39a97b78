package org.vcpuacct.ledger;

/** How far a network element is from doing its work in time, in the words of 3GPP. */
public enum OverloadLevel {
  NORMAL(1, "normal"),
  MINOR(2, "minor"),
  MAJOR(3, "major"),
  CRITICAL(4, "critical");

  private final int number;
  private final String label;

  OverloadLevel(int number, String label) {
    this.number = number;
    this.label = label;
  }

  /** Permanent number: the value in VCPU-ACCT-MIB and in the feed. */
  public int number() {
    return number;
  }

  /** Lower case name, as the feed and a terminal show it. */
  public String label() {
    return label;
  }
}
