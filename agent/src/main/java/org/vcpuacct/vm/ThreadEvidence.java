package org.vcpuacct.vm;

/** How it is known which thread runs a vCPU, most certain first. */
public enum ThreadEvidence {
  /** KVM says so: a BPF program reads {@code struct kvm_vcpu.pid}. */
  KVM_BPF,
  /** KVM says so: debugfs {@code kvm/<pid>-<fd>/vcpuN/pid} (Linux 6.0 and later). */
  KVM_DEBUGFS,
  /**
   * The thread sleeps in ioctl(KVM_RUN) on the vCPU's file descriptor: /proc/PID/task/TID/syscall.
   */
  KVM_RUN_CALL,
  /** The VMM names its threads after their vCPUs. */
  THREAD_NAME,
  /** The thread has guest time, and no other thread or vCPU is left to pair. */
  GUEST_TIME
}
