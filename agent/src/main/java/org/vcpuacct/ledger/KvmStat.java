package org.vcpuacct.ledger;

/**
 * The statistics of KVM's own that are shown beside the ledger.
 *
 * <p>Each is summed over the vCPUs of a VM and counted by the kernel since the VM was created
 * (arch/x86/kvm/x86.c kvm_vcpu_stats_desc, Linux 6.1 and 6.12).
 *
 * <p>Numbers are permanent: the offset of the column in vaVmTable of VCPU-ACCT-MIB.
 */
public enum KvmStat {
  EXITS(1, "exits"),
  IO_EXITS(2, "io_exits"),
  MMIO_EXITS(3, "mmio_exits"),
  HALT_EXITS(4, "halt_exits"),
  IRQ_EXITS(5, "irq_exits"),
  HALT_POLL_SUCCESS_NS(6, "halt_poll_success_ns"),
  HALT_POLL_FAIL_NS(7, "halt_poll_fail_ns"),
  HALT_WAIT_NS(8, "halt_wait_ns");

  private final int number;
  private final String kernelName;

  KvmStat(int number, String kernelName) {
    this.number = number;
    this.kernelName = kernelName;
  }

  /** Permanent number of the statistic. */
  public int number() {
    return number;
  }

  /** The name of the debugfs file and of the binary statistics descriptor. */
  public String kernelName() {
    return kernelName;
  }
}
