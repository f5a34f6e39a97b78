package org.vcpuacct.export.snmp;

import static org.vcpuacct.export.snmp.Variables.counter64;
import static org.vcpuacct.export.snmp.Variables.gauge;
import static org.vcpuacct.export.snmp.Variables.integer;
import static org.vcpuacct.export.snmp.Variables.text;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VM_CPU_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VM_DISCONTINUITY_TIME;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VM_ENTRY;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VM_EXITS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VM_KVM_BASE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VM_NAME;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VM_PROCESS_ID;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VM_TIER;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VM_UUID;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VM_VCPUS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VM_VCPUS_WITHOUT_THREAD;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VM_VMM;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VM_WAIT_NS;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.vcpuacct.ledger.KvmStat;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.vm.Vmm;

/** vaVmTable. */
final class VmTable {

  private VmTable() {}

  static Table<VmAccount> table(Uptime uptime) {
    Table.Builder<VmAccount> table =
        Table.of(VA_VM_ENTRY, VmTable::rows)
            .column(VA_VM_NAME, vm -> text(vm.vm().name()))
            .optionalColumn(VA_VM_UUID, vm -> vm.vm().uuid().map(uuid -> text(uuid.toString())))
            .column(VA_VM_VMM, vm -> integer(number(vm.vm().vmm())))
            .column(VA_VM_PROCESS_ID, vm -> integer(vm.vm().pid()))
            .column(VA_VM_VCPUS, vm -> gauge(vcpus(vm)))
            .column(VA_VM_VCPUS_WITHOUT_THREAD, vm -> gauge(vm.vm().vcpusWithoutThread().size()))
            .column(VA_VM_DISCONTINUITY_TIME, vm -> uptime.timeStamp(discontinuityNs(vm)))
            .optionalColumn(VA_VM_TIER, vm -> worstTier(vm).map(tier -> integer(tier.number())))
            .optionalColumn(VA_VM_CPU_NS, vm -> counter64(sum(vm, Reading::cpuNs)))
            .optionalColumn(VA_VM_WAIT_NS, vm -> counter64(sum(vm, Reading::waitNs)))
            .optionalColumn(VA_VM_EXITS, vm -> counter64(exits(vm)));
    for (KvmStat stat : KvmStat.values()) {
      table.optionalColumn(VA_VM_KVM_BASE + stat.number(), vm -> counter64(vm.kvmStat(stat)));
    }
    return table.build();
  }

  private static List<Row<VmAccount>> rows(Snapshot snapshot) {
    return snapshot.vms().stream().map(vm -> new Row<>(vm, vm.index())).toList();
  }

  /** The value of vaVmVmm. Permanent. */
  static int number(Vmm vmm) {
    return switch (vmm) {
      case QEMU -> 1;
      case FIRECRACKER -> 2;
      case CLOUD_HYPERVISOR -> 3;
      case CROSVM -> 4;
      case KVMTOOL -> 5;
      case OTHER -> 6;
    };
  }

  private static int vcpus(VmAccount vm) {
    return vm.vm().vcpus().size() + vm.vm().vcpusWithoutThread().size();
  }

  private static long discontinuityNs(VmAccount vm) {
    return LongStream.concat(
            LongStream.of(vm.sinceNs()), vm.vcpus().stream().mapToLong(VcpuAccount::sinceNs))
        .max()
        .getAsLong();
  }

  private static Optional<Tier> worstTier(VmAccount vm) {
    return vm.vcpus().stream().map(VcpuAccount::tier).max(Comparator.comparingInt(Tier::number));
  }

  private static OptionalLong sum(VmAccount vm, ToLongFunction<Reading> figure) {
    return vm.vcpus().stream()
        .mapToLong(vcpu -> figure.applyAsLong(vcpu.reading()))
        .reduce(Long::sum);
  }

  /** Empty unless every vCPU of the VM counts its exits: a part would pass for the whole. */
  private static OptionalLong exits(VmAccount vm) {
    boolean allCounted =
        vm.vm().vcpusWithoutThread().isEmpty()
            && vm.vcpus().stream().allMatch(vcpu -> vcpu.reading().exits().isPresent());
    return allCounted
        ? sum(vm, reading -> reading.exits().orElseThrow().total())
        : OptionalLong.empty();
  }
}
