package org.vcpuacct.export.snmp;

import static org.vcpuacct.export.snmp.Variables.counter64;
import static org.vcpuacct.export.snmp.Variables.gauge;
import static org.vcpuacct.export.snmp.Variables.integer;
import static org.vcpuacct.export.snmp.Variables.unsigned32;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_CPU_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_DISCONTINUITY_TIME;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_ENTRY;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_EXITS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_ENTRIES;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_KERNEL_EXITS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_USER_EXITS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_LAST_NODE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_LAST_OTHER_EXIT_CODE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_LAST_PCPU;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_LINE_BASE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_MAX_LATENCY_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_NODE_MIGRATIONS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_NUMBER;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_PCPU_MIGRATIONS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_THREAD_EVIDENCE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_THREAD_ID;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_TIER;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_USERSPACE_EXITS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_WAIT_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_WALL_NS;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snmp4j.smi.Variable;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Scheduling;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.vm.ThreadEvidence;

/** vaVcpuTable. */
final class VcpuTable {

  private VcpuTable() {}

  static Table<VcpuAccount> table(Uptime uptime) {
    Table.Builder<VcpuAccount> table =
        Table.of(VA_VCPU_ENTRY, VcpuTable::rows)
            .column(VA_VCPU_NUMBER, vcpu -> integer(vcpu.vcpu().id()))
            .column(VA_VCPU_THREAD_ID, vcpu -> integer(vcpu.vcpu().threadId()))
            .column(VA_VCPU_THREAD_EVIDENCE, vcpu -> integer(number(vcpu.vcpu().evidence())))
            .column(VA_VCPU_TIER, vcpu -> integer(vcpu.tier().number()))
            .column(VA_VCPU_DISCONTINUITY_TIME, vcpu -> uptime.timeStamp(vcpu.sinceNs()))
            .column(VA_VCPU_LAST_PCPU, vcpu -> integer(vcpu.reading().lastPcpu()))
            .column(VA_VCPU_CPU_NS, vcpu -> counter64(vcpu.reading().cpuNs()))
            .column(VA_VCPU_WAIT_NS, vcpu -> counter64(vcpu.reading().waitNs()))
            .column(VA_VCPU_WALL_NS, vcpu -> counter64(vcpu.reading().wallNs()))
            .optionalColumn(
                VA_VCPU_EXITS,
                vcpu -> vcpu.reading().exits().map(exits -> counter64(exits.total())));
    for (Line line : Line.values()) {
      table.optionalColumn(
          VA_VCPU_LINE_BASE + line.number(), vcpu -> counter64(vcpu.reading().lines().ns(line)));
    }
    addExitDetail(table);
    addSchedulingDetail(table);
    return table.build();
  }

  private static void addExitDetail(Table.Builder<VcpuAccount> table) {
    table
        .optionalColumn(VA_VCPU_GUEST_ENTRIES, detail(exact -> counter64(exact.entries())))
        .optionalColumn(VA_VCPU_USERSPACE_EXITS, detail(exact -> counter64(exact.userspaceExits())))
        .optionalColumn(
            VA_VCPU_GUEST_USER_EXITS, detail(exact -> counter64(exact.guestUserExits())))
        .optionalColumn(
            VA_VCPU_GUEST_KERNEL_EXITS, detail(exact -> counter64(exact.guestKernelExits())))
        .optionalColumn(
            VA_VCPU_LAST_OTHER_EXIT_CODE,
            vcpu -> vcpu.reading().detail().flatMap(exact -> unsigned32(exact.lastOtherCode())));
  }

  private static void addSchedulingDetail(Table.Builder<VcpuAccount> table) {
    table
        .optionalColumn(
            VA_VCPU_PCPU_MIGRATIONS, scheduling(thread -> counter64(thread.pcpuMigrations())))
        .optionalColumn(
            VA_VCPU_NODE_MIGRATIONS, scheduling(thread -> counter64(thread.nodeMigrations())))
        .optionalColumn(
            VA_VCPU_LAST_NODE,
            vcpu ->
                vcpu.reading().detail().flatMap(exact -> integer(exact.scheduling().lastNode())))
        .optionalColumn(VA_VCPU_MAX_LATENCY_NS, scheduling(thread -> gauge(thread.maxLatencyNs())));
  }

  private static Function<VcpuAccount, Optional<Variable>> detail(
      Function<ExactDetail, Variable> figure) {
    return vcpu -> vcpu.reading().detail().map(figure);
  }

  private static Function<VcpuAccount, Optional<Variable>> scheduling(
      Function<Scheduling, Variable> figure) {
    return detail(exact -> figure.apply(exact.scheduling()));
  }

  /** The rows of vaVcpuTable and of the table that augments it. */
  static List<Row<VcpuAccount>> rows(Snapshot snapshot) {
    return snapshot.vms().stream()
        .flatMap(vm -> vm.vcpus().stream().map(vcpu -> new Row<>(vcpu, vm.index(), index(vcpu))))
        .toList();
  }

  /** vaVcpuIndex, which counts from 1. */
  static int index(VcpuAccount vcpu) {
    return vcpu.vcpu().id() + 1;
  }

  /** The value of vaVcpuThreadEvidence. Permanent. */
  static int number(ThreadEvidence evidence) {
    return switch (evidence) {
      case KVM_DEBUGFS -> 1;
      case KVM_RUN_CALL -> 2;
      case THREAD_NAME -> 3;
      case GUEST_TIME -> 4;
      case KVM_BPF -> 5;
    };
  }
}
