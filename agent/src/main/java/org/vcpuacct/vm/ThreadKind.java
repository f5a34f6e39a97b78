package org.vcpuacct.vm;

/**
 * What a thread does for a VM, if it is not the thread of a vCPU.
 *
 * <p>To add a kind, append a constant with the next free number, and its value of vaThreadKind in
 * VCPU-ACCT-MIB; a test compares the two. Numbers are permanent.
 */
public enum ThreadKind {
  /** The VMM's first thread: devices that have no thread of their own, and its main loop. */
  EMULATOR(1, "emulator"),
  /** Disk or network I/O in user space, a thread for a device or a group of them. */
  IO_THREAD(2, "io-thread"),
  /** A thread of a pool that does blocking work, above all disk I/O. */
  WORKER(3, "worker"),
  /** virtio in the host's kernel, a kernel thread or, since Linux 6.4, a thread of the VMM. */
  VHOST(4, "vhost"),
  /** The emulated timer 8254 in the host's kernel (arch/x86/kvm/i8254.c). */
  KVM_PIT(5, "kvm-pit"),
  /** Live migration or a dump of the guest's memory. */
  MIGRATION(6, "migration"),
  /** Any other. */
  OTHER(7, "other");

  private final int number;
  private final String label;

  ThreadKind(int number, String label) {
    this.number = number;
    this.label = label;
  }

  /** Permanent number: the value in VCPU-ACCT-MIB. */
  public int number() {
    return number;
  }

  /** Lower case name with hyphens, as a terminal or a metrics label shows it. */
  public String label() {
    return label;
  }
}
