package org.vcpuacct.export.snmp;

import static org.vcpuacct.export.snmp.Variables.dateAndTime;
import static org.vcpuacct.export.snmp.Variables.integer;
import static org.vcpuacct.export.snmp.Variables.text;
import static org.vcpuacct.export.snmp.Variables.unsigned32;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_CAUSE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_CHANGED_DATE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_CONDITION;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_CONTRIBUTORS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_ENTRY;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_EXIT_CLASS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_HELD_BACK;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_MESSAGE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_NE_INDEX;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_NE_NAME;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_RAISED_DATE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_RAISED_SEQUENCE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_SEQUENCE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_SEVERITY;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_STATE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_THRESHOLD;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_UNIT;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_VALUE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_VCPU_INDEX;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_VM_INDEX;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_VM_NAME;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.snmp4j.smi.Variable;
import org.vcpuacct.alarm.Alarm;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.Subject;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;

/** vaAlarmTable. */
final class AlarmTable {

  private static final int ACTIVE = 1;
  private static final int CLEARED = 2;

  private AlarmTable() {}

  /** All alarms of the host. */
  static Table<Alarm> ofHost(Supplier<AlarmList> alarms) {
    return table(snapshot -> rows(alarms.get(), alarm -> true));
  }

  /** The alarms of the network elements that are in the snapshot. */
  static Table<Alarm> ofElements(Supplier<AlarmList> alarms) {
    return table(
        snapshot -> {
          Set<Integer> indexes = new HashSet<>();
          snapshot.nes().stream().map(NeAccount::index).forEach(indexes::add);
          return rows(
              alarms.get(),
              alarm ->
                  alarm
                      .last()
                      .subject()
                      .ne()
                      .filter(ne -> indexes.contains(ne.index()))
                      .isPresent());
        });
  }

  private static Table<Alarm> table(Function<Snapshot, List<Row<Alarm>>> rows) {
    Table.Builder<Alarm> table =
        Table.of(VA_ALARM_ENTRY, rows)
            .column(VA_ALARM_STATE, alarm -> integer(alarm.isActive() ? ACTIVE : CLEARED))
            .column(VA_ALARM_RAISED_SEQUENCE, alarm -> unsigned32(alarm.number()))
            .column(VA_ALARM_RAISED_DATE, alarm -> dateAndTime(alarm.raised().epochMillis()))
            .column(VA_ALARM_CHANGED_DATE, last(told -> dateAndTime(told.epochMillis())))
            .column(VA_ALARM_SEQUENCE, last(told -> unsigned32(told.sequence())))
            .column(VA_ALARM_CONDITION, last(told -> integer(told.condition().number())))
            .column(VA_ALARM_SEVERITY, last(told -> integer(told.severity().number())))
            .column(VA_ALARM_VALUE, last(told -> integer32(told.value())))
            .column(VA_ALARM_THRESHOLD, last(told -> integer32(told.threshold())))
            .column(VA_ALARM_UNIT, last(told -> text(told.condition().unit().symbol())))
            .column(VA_ALARM_CONTRIBUTORS, last(told -> text(told.contributors())))
            .column(VA_ALARM_MESSAGE, last(told -> text(told.message())))
            .column(VA_ALARM_HELD_BACK, last(told -> unsigned32(told.heldBack())))
            .optionalColumn(
                VA_ALARM_CAUSE,
                alarm -> alarm.last().cause().map(Cause::number).map(Variables::integer));
    addSubject(table);
    return table.build();
  }

  private static void addSubject(Table.Builder<Alarm> table) {
    table
        .optionalColumn(VA_ALARM_NE_INDEX, subject(of -> of.ne().map(ne -> integer(ne.index()))))
        .optionalColumn(VA_ALARM_NE_NAME, subject(of -> of.ne().map(ne -> text(ne.name()))))
        .optionalColumn(VA_ALARM_VM_INDEX, subject(of -> of.vm().map(vm -> integer(vm.index()))))
        .optionalColumn(VA_ALARM_VM_NAME, subject(of -> of.vm().map(vm -> text(vm.name()))))
        .optionalColumn(VA_ALARM_VCPU_INDEX, subject(AlarmTable::vcpuIndex))
        .optionalColumn(
            VA_ALARM_EXIT_CLASS,
            subject(of -> of.exitClass().map(exitClass -> integer(exitClass.number()))));
  }

  private static List<Row<Alarm>> rows(AlarmList alarms, Predicate<Alarm> shown) {
    return Stream.concat(alarms.active().stream(), alarms.past().stream())
        .filter(shown)
        .map(alarm -> new Row<>(alarm, (int) alarm.number()))
        .toList();
  }

  private static Function<Alarm, Variable> last(Function<Notification, Variable> figure) {
    return alarm -> figure.apply(alarm.last());
  }

  private static Function<Alarm, Optional<Variable>> subject(
      Function<Subject, Optional<Variable>> figure) {
    return alarm -> figure.apply(alarm.last().subject());
  }

  private static Optional<Variable> vcpuIndex(Subject subject) {
    return subject.vcpu().isPresent()
        ? Optional.of(integer(VcpuTable.index(subject.vcpu().getAsInt())))
        : Optional.empty();
  }

  /** A figure that is beyond the range stands still at its end. */
  private static Variable integer32(long value) {
    return integer((int) Math.max(Integer.MIN_VALUE, Math.min(value, Integer.MAX_VALUE)));
  }
}
