package org.vcpuacct.export.snmp;

import static org.vcpuacct.export.snmp.Variables.dateAndTime;
import static org.vcpuacct.export.snmp.Variables.integer;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_ENTRY;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_RAISED_DATE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_STATE;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.vcpuacct.alarm.Alarm;
import org.vcpuacct.alarm.AlarmList;
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
            .column(VA_ALARM_RAISED_DATE, alarm -> dateAndTime(alarm.raised().epochMillis()));
    for (NotificationObject object : NotificationObject.ALL) {
      table.optionalColumn(object.column(), alarm -> object.value().apply(alarm.last()));
    }
    return table.build();
  }

  private static List<Row<Alarm>> rows(AlarmList alarms, Predicate<Alarm> shown) {
    return Stream.concat(alarms.active().stream(), alarms.past().stream())
        .filter(shown)
        .map(alarm -> new Row<>(alarm, (int) alarm.number()))
        .toList();
  }
}
