package org.vcpuacct.ledger;

/** How a figure was measured, best first. Every account carries the tier it was taken with. */
public enum Tier {
  /** By the ledger inside the kernel (eBPF): every line in nanoseconds. */
  EXACT(1, "exact"),
  /** Exits counted by perf; CPU time and wait in nanoseconds; the split of CPU time by ticks. */
  COUNTED(2, "counted"),
  /** From /proc alone: as {@link #COUNTED}, without exits. */
  SAMPLED(3, "sampled");

  private final int number;
  private final String label;

  Tier(int number, String label) {
    this.number = number;
    this.label = label;
  }

  /** The value of VcpuAcctTier in VCPU-ACCT-MIB. Permanent. */
  public int number() {
    return number;
  }

  /** The name as the MIB and the configuration spell it. */
  public String label() {
    return label;
  }
}
