package org.vcpuacct.export.snmp;

import static org.vcpuacct.export.snmp.Variables.counter64;
import static org.vcpuacct.export.snmp.Variables.gauge;
import static org.vcpuacct.export.snmp.Variables.text;
import static org.vcpuacct.mib.VcpuAcctMib.VA_EXIT_COUNT;
import static org.vcpuacct.mib.VcpuAcctMib.VA_EXIT_ENTRY;
import static org.vcpuacct.mib.VcpuAcctMib.VA_EXIT_NAME;
import static org.vcpuacct.mib.VcpuAcctMib.VA_EXIT_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_EXIT_P50_NS_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_EXIT_P99_NS_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_EXIT_PER_SECOND_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_EXIT_PER_SECOND_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_EXIT_PER_SECOND_LAST;
import static org.vcpuacct.mib.VcpuAcctMib.VA_EXIT_SHARE_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_EXIT_SHARE_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_EXIT_SHARE_LAST;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.snmp4j.smi.Variable;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;

/** vaExitTable. */
final class ExitTable {

  private ExitTable() {}

  /** The exits of one class of one vCPU; the class can be told. */
  private record Exits(VcpuAccount vcpu, ExitClass exitClass, long count) {}

  static Table<?> table() {
    return Table.of(VA_EXIT_ENTRY, ExitTable::rows)
        .column(VA_EXIT_NAME, exits -> text(exits.exitClass().label()))
        .column(VA_EXIT_COUNT, exits -> counter64(exits.count()))
        .optionalColumn(VA_EXIT_PER_SECOND_LAST, perSecond(Window.LAST_INTERVAL))
        .optionalColumn(VA_EXIT_PER_SECOND_1_MIN, perSecond(Window.ONE_MINUTE))
        .optionalColumn(VA_EXIT_PER_SECOND_5_MIN, perSecond(Window.FIVE_MINUTES))
        .optionalColumn(VA_EXIT_NS, ExitTable::ns)
        .optionalColumn(VA_EXIT_SHARE_LAST, share(Window.LAST_INTERVAL))
        .optionalColumn(VA_EXIT_SHARE_1_MIN, share(Window.ONE_MINUTE))
        .optionalColumn(VA_EXIT_SHARE_5_MIN, share(Window.FIVE_MINUTES))
        .optionalColumn(VA_EXIT_P50_NS_1_MIN, duration(Variables::median))
        .optionalColumn(VA_EXIT_P99_NS_1_MIN, duration(Variables::p99))
        .build();
  }

  private static List<Row<Exits>> rows(Snapshot snapshot) {
    List<Row<Exits>> rows = new ArrayList<>();
    for (VmAccount vm : snapshot.vms()) {
      for (VcpuAccount vcpu : vm.vcpus()) {
        vcpu.reading().exits().ifPresent(counts -> addRows(rows, vm, vcpu, counts));
      }
    }
    return rows;
  }

  private static void addRows(
      List<Row<Exits>> rows, VmAccount vm, VcpuAccount vcpu, ExitCounts counts) {
    for (ExitClass exitClass : ExitClass.values()) {
      counts
          .of(exitClass)
          .ifPresent(
              count ->
                  rows.add(
                      new Row<>(
                          new Exits(vcpu, exitClass, count),
                          vm.index(),
                          VcpuTable.index(vcpu),
                          exitClass.number())));
    }
  }

  private static Optional<Variable> ns(Exits exits) {
    return exits
        .vcpu()
        .reading()
        .detail()
        .map(detail -> counter64(detail.exitTimes().ns(exits.exitClass())));
  }

  private static Function<Exits, Optional<Variable>> perSecond(Window window) {
    return over(window, (change, exitClass) -> gauge(change.exitsPerSecond(exitClass)));
  }

  private static Function<Exits, Optional<Variable>> share(Window window) {
    return over(window, (change, exitClass) -> gauge(change.exitShare(exitClass)));
  }

  private static Function<Exits, Optional<Variable>> duration(
      Function<Log2Histogram, Optional<Variable>> figure) {
    return over(
        Window.ONE_MINUTE, (change, exitClass) -> change.exitDurations(exitClass).flatMap(figure));
  }

  private static Function<Exits, Optional<Variable>> over(
      Window window, BiFunction<Change, ExitClass, Optional<Variable>> figure) {
    return exits ->
        exits.vcpu().change(window).flatMap(change -> figure.apply(change, exits.exitClass()));
  }
}
