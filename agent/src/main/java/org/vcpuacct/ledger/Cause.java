package org.vcpuacct.ledger;

/** What most of the time is for in which a network element is not idle. */
public enum Cause {
  /** It was idle all the time. */
  NONE(1, "none"),
  /** The guests' own work: there is more to do. */
  DEMAND(2, "demand"),
  /** What virtualisation itself costs: exits, the VMM, halt polling. */
  OVERHEAD(3, "overhead"),
  /** The host does not let the guests run: other threads, a quota, paging. */
  CONTENTION(4, "contention");

  private final int number;
  private final String label;

  Cause(int number, String label) {
    this.number = number;
    this.label = label;
  }

  /** Permanent number: the value in VCPU-ACCT-MIB. */
  public int number() {
    return number;
  }

  /** Lower case name, as a terminal or a metrics label shows it. */
  public String label() {
    return label;
  }
}
