package org.vcpuacct.kernel;

/** What, beside its code, decides the class of an exit. Numbers as in ledger.bpf.c. */
public enum ExitCondition {
  /** The access was to a timer's MSR: TSC deadline or x2APIC initial count. */
  MSR_TIMER(1),
  /** The access was to the x2APIC interrupt command register. */
  MSR_ICR(2),
  /** The page-fault error code has its reserved bit set: a cached MMIO page. */
  NPF_RESERVED_BIT(3),
  /** The VMX interruption information is that of an NMI. */
  INTERRUPTION_IS_NMI(4);

  private final int number;

  ExitCondition(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
