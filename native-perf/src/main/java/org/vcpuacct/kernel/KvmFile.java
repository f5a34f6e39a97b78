package org.vcpuacct.kernel;

/**
 * One open file descriptor of KVM in some process of the host.
 *
 * @param process the process that holds it, as the host's PID namespace numbers it
 * @param fd its number there
 * @param vm tells the VMs of the host apart, while they live
 * @param vcpu what is known of the vCPU if it is one; null if it is a VM
 */
public record KvmFile(int process, int fd, long vm, VcpuState vcpu) {

  /**
   * What KVM keeps of a vCPU (struct kvm_vcpu, include/linux/kvm_host.h).
   *
   * @param id KVM's number of the vCPU
   * @param thread the thread that last called KVM_RUN; 0 if none has, or if it has ended
   * @param exits kvm_vcpu_stat.exits
   * @param pollNs halt_poll_success_ns and halt_poll_fail_ns together
   */
  public record VcpuState(int id, int thread, long exits, long pollNs) {}

  /** Whether this is a vCPU; otherwise it is a VM. */
  public boolean isVcpu() {
    return vcpu != null;
  }
}
