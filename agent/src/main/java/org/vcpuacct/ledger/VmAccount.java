package org.vcpuacct.ledger;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.vcpuacct.vm.Vm;

/**
 * One VM in a snapshot. Immutable.
 *
 * @param index permanent row index, from 1
 * @param vm what is known of the VM
 * @param sinceNs CLOCK_MONOTONIC since which no account of the VM was closed, ns: sums over its
 *     vCPUs are one series from there, or from the youngest account on
 * @param kvmStats KVM's own statistics; one that cannot be read is missing
 * @param vcpus the accounts, by ascending vCPU number
 * @param threads the VM's other threads
 * @param guest what the guest says of itself; empty if guests are not asked
 */
public record VmAccount(
    int index,
    Vm vm,
    long sinceNs,
    Map<KvmStat, Long> kvmStats,
    List<VcpuAccount> vcpus,
    VmThreads threads,
    Optional<GuestView> guest) {

  public VmAccount {
    kvmStats = Map.copyOf(kvmStats);
    vcpus = vcpus.stream().sorted(Comparator.comparingInt(account -> account.vcpu().id())).toList();
  }

  /** KVM's own statistic; empty if it cannot be read. */
  public OptionalLong kvmStat(KvmStat stat) {
    Long value = kvmStats.get(stat);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
