package org.vcpuacct.export.snmp;

import static org.vcpuacct.export.snmp.Variables.counter64;
import static org.vcpuacct.export.snmp.Variables.gauge;
import static org.vcpuacct.export.snmp.Variables.integer;
import static org.vcpuacct.export.snmp.Variables.unsigned32;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_CPU_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_DISCONTINUITY_TIME;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_ENTRY;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_EXITS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_BUSY;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_DISCONTINUITY_TIME;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_ENTRIES;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_IDLE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_IDLE_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_IOWAIT_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_IRQ_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_KERNEL_EXITS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_NICE_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_SOFTIRQ_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_STEAL;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_STEAL_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_SYSTEM_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_USER_EXITS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_GUEST_USER_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_HIDDEN;
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
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_UNTOLD_CONTENTION;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_USERSPACE_EXITS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_WAIT_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_WALL_NS;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snmp4j.smi.Variable;
import org.vcpuacct.guest.GuestTime;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Scheduling;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ne.GuestComparison;
import org.vcpuacct.vm.ThreadEvidence;

/** vaVcpuTable. */
final class VcpuTable {

  private VcpuTable() {}

  /** A row: a vCPU, and the VM whose guest speaks of it. */
  private record OfVm(VmAccount vm, VcpuAccount vcpu) {}

  static Table<?> table(Uptime uptime) {
    Table.Builder<OfVm> table =
        Table.of(VA_VCPU_ENTRY, VcpuTable::rowsWithVm)
            .column(VA_VCPU_NUMBER, account(vcpu -> integer(vcpu.vcpu().id())))
            .column(VA_VCPU_THREAD_ID, account(vcpu -> integer(vcpu.vcpu().threadId())))
            .column(
                VA_VCPU_THREAD_EVIDENCE, account(vcpu -> integer(number(vcpu.vcpu().evidence()))))
            .column(VA_VCPU_TIER, account(vcpu -> integer(vcpu.tier().number())))
            .column(VA_VCPU_DISCONTINUITY_TIME, account(vcpu -> uptime.timeStamp(vcpu.sinceNs())))
            .column(VA_VCPU_LAST_PCPU, account(vcpu -> integer(vcpu.reading().lastPcpu())))
            .column(VA_VCPU_CPU_NS, account(vcpu -> counter64(vcpu.reading().cpuNs())))
            .column(VA_VCPU_WAIT_NS, account(vcpu -> counter64(vcpu.reading().waitNs())))
            .column(VA_VCPU_WALL_NS, account(vcpu -> counter64(vcpu.reading().wallNs())))
            .optionalColumn(
                VA_VCPU_EXITS,
                account(vcpu -> vcpu.reading().exits().map(exits -> counter64(exits.total()))));
    for (Line line : Line.values()) {
      table.optionalColumn(
          VA_VCPU_LINE_BASE + line.number(),
          account(vcpu -> counter64(vcpu.reading().lines().ns(line))));
    }
    addExitDetail(table);
    addSchedulingDetail(table);
    addGuest(table, uptime);
    return table.build();
  }

  private static void addExitDetail(Table.Builder<OfVm> table) {
    table
        .optionalColumn(VA_VCPU_GUEST_ENTRIES, detail(exact -> counter64(exact.entries())))
        .optionalColumn(VA_VCPU_USERSPACE_EXITS, detail(exact -> counter64(exact.userspaceExits())))
        .optionalColumn(
            VA_VCPU_GUEST_USER_EXITS, detail(exact -> counter64(exact.guestUserExits())))
        .optionalColumn(
            VA_VCPU_GUEST_KERNEL_EXITS, detail(exact -> counter64(exact.guestKernelExits())))
        .optionalColumn(
            VA_VCPU_LAST_OTHER_EXIT_CODE,
            account(
                vcpu ->
                    vcpu.reading().detail().flatMap(exact -> unsigned32(exact.lastOtherCode()))));
  }

  private static void addSchedulingDetail(Table.Builder<OfVm> table) {
    table
        .optionalColumn(
            VA_VCPU_PCPU_MIGRATIONS, scheduling(thread -> counter64(thread.pcpuMigrations())))
        .optionalColumn(
            VA_VCPU_NODE_MIGRATIONS, scheduling(thread -> counter64(thread.nodeMigrations())))
        .optionalColumn(
            VA_VCPU_LAST_NODE,
            account(
                vcpu ->
                    vcpu.reading()
                        .detail()
                        .flatMap(exact -> integer(exact.scheduling().lastNode()))))
        .optionalColumn(VA_VCPU_MAX_LATENCY_NS, scheduling(thread -> gauge(thread.maxLatencyNs())));
  }

  private static void addGuest(Table.Builder<OfVm> table, Uptime uptime) {
    table
        .optionalColumn(VA_VCPU_GUEST_DISCONTINUITY_TIME, row -> guestSince(row, uptime))
        .optionalColumn(VA_VCPU_GUEST_USER_NS, guestTime(GuestTime.USER))
        .optionalColumn(VA_VCPU_GUEST_NICE_NS, guestTime(GuestTime.NICE))
        .optionalColumn(VA_VCPU_GUEST_SYSTEM_NS, guestTime(GuestTime.SYSTEM))
        .optionalColumn(VA_VCPU_GUEST_IDLE_NS, guestTime(GuestTime.IDLE))
        .optionalColumn(VA_VCPU_GUEST_IOWAIT_NS, guestTime(GuestTime.IOWAIT))
        .optionalColumn(VA_VCPU_GUEST_IRQ_NS, guestTime(GuestTime.IRQ))
        .optionalColumn(VA_VCPU_GUEST_SOFTIRQ_NS, guestTime(GuestTime.SOFTIRQ))
        .optionalColumn(VA_VCPU_GUEST_STEAL_NS, guestTime(GuestTime.STEAL))
        .optionalColumn(VA_VCPU_GUEST_BUSY, guest(beside -> gauge(beside.guestBusyShare())))
        .optionalColumn(VA_VCPU_GUEST_IDLE, guest(beside -> gauge(beside.guestIdleShare())))
        .optionalColumn(VA_VCPU_GUEST_STEAL, guest(beside -> gauge(beside.guestStealShare())))
        .optionalColumn(VA_VCPU_HIDDEN, guest(beside -> integer(beside.hiddenShare())))
        .optionalColumn(
            VA_VCPU_UNTOLD_CONTENTION, guest(beside -> integer(beside.untoldContentionShare())));
  }

  private static <T> Function<OfVm, T> account(Function<VcpuAccount, T> figure) {
    return row -> figure.apply(row.vcpu());
  }

  private static Function<OfVm, Optional<Variable>> detail(Function<ExactDetail, Variable> figure) {
    return account(vcpu -> vcpu.reading().detail().map(figure));
  }

  private static Function<OfVm, Optional<Variable>> scheduling(
      Function<Scheduling, Variable> figure) {
    return detail(exact -> figure.apply(exact.scheduling()));
  }

  private static Optional<Variable> guestSince(OfVm row, Uptime uptime) {
    return GuestComparison.guestCpu(row.vm(), row.vcpu().vcpu().id())
        .flatMap(cpu -> row.vm().guest())
        .flatMap(guest -> uptime.timeStamp(guest.report().sinceNs()));
  }

  private static Function<OfVm, Optional<Variable>> guestTime(GuestTime time) {
    return row ->
        GuestComparison.guestCpu(row.vm(), row.vcpu().vcpu().id())
            .flatMap(cpu -> counter64(cpu.ns(time)));
  }

  private static Function<OfVm, Optional<Variable>> guest(
      Function<GuestComparison, Variable> figure) {
    return row -> GuestComparison.of(row.vm(), row.vcpu().vcpu().id()).map(figure);
  }

  private static List<Row<OfVm>> rowsWithVm(Snapshot snapshot) {
    return snapshot.vms().stream()
        .flatMap(
            vm ->
                vm.vcpus().stream()
                    .map(vcpu -> new Row<>(new OfVm(vm, vcpu), vm.index(), index(vcpu))))
        .toList();
  }

  /** The rows of a table that augments vaVcpuTable. */
  static List<Row<VcpuAccount>> rows(Snapshot snapshot) {
    return snapshot.vms().stream()
        .flatMap(vm -> vm.vcpus().stream().map(vcpu -> new Row<>(vcpu, vm.index(), index(vcpu))))
        .toList();
  }

  /** vaVcpuIndex, which counts from 1. */
  static int index(VcpuAccount vcpu) {
    return index(vcpu.vcpu().id());
  }

  /** vaVcpuIndex of the vCPU with this number. */
  static int index(int vcpu) {
    return vcpu + 1;
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
