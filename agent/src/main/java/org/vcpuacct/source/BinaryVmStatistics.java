package org.vcpuacct.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.vcpuacct.kernel.Errno;
import org.vcpuacct.kernel.KernelException;
import org.vcpuacct.kernel.KvmStatsFd;
import org.vcpuacct.kernel.KvmStatsSample;
import org.vcpuacct.kernel.PidFd;
import org.vcpuacct.ledger.KvmStat;

/**
 * The statistics of a VM from the binary statistics descriptors of its vCPUs that the VMM holds
 * open, as QEMU does since 8.1; see {@link KvmStatsFd}.
 */
final class BinaryVmStatistics implements VmStatistics {

  private final PidFd vmm;
  private final List<KvmStatsFd> vcpus = new ArrayList<>();

  /**
   * Duplicates the VMM's descriptors.
   *
   * @param vcpuStatsFds the VMM's descriptors {@code anon_inode:kvm-vcpu-stats:N}, one a vCPU
   * @throws KernelException {@link Errno#EPERM} without CAP_SYS_PTRACE, {@link Errno#ENOSYS} before
   *     Linux 5.6
   */
  BinaryVmStatistics(int pid, List<Integer> vcpuStatsFds) throws IOException {
    this.vmm = PidFd.open(pid);
    try {
      for (int fd : vcpuStatsFds) {
        vcpus.add(KvmStatsFd.duplicate(vmm, fd));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public Map<KvmStat, Long> read() throws IOException {
    if (!vmm.alive()) {
      throw new KernelException("the VMM of the KVM statistics, process " + vmm.pid(), Errno.ESRCH);
    }
    Map<KvmStat, Long> sums = new EnumMap<>(KvmStat.class);
    for (KvmStatsFd vcpu : vcpus) {
      KvmStatsSample sample = vcpu.read();
      for (KvmStat stat : KvmStat.values()) {
        OptionalLong value = sample.scalar(stat.kernelName());
        value.ifPresent(number -> sums.merge(stat, number, Long::sum));
      }
    }
    return sums;
  }

  @Override
  public void close() {
    vcpus.forEach(KvmStatsFd::close);
    vmm.close();
  }
}
