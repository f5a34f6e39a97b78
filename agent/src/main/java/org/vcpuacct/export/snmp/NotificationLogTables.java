package org.vcpuacct.export.snmp;

import static org.vcpuacct.export.snmp.Variables.counter32;
import static org.vcpuacct.export.snmp.Variables.dateAndTime;
import static org.vcpuacct.export.snmp.Variables.integer;
import static org.vcpuacct.export.snmp.Variables.unsigned32;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UnsignedInteger32;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.ledger.Snapshot;

/**
 * NOTIFICATION-LOG-MIB (RFC 3014), read-only: the default log, with the last notifications. A
 * notification's nlmLogIndex is its sequence number.
 */
final class NotificationLogTables {

  /** notificationLogMIB. */
  static final OID SUBTREE = new OID("1.3.6.1.2.1.92");

  private static final String CONFIG = SUBTREE + ".1.1";
  private static final String CONFIG_LOG_ENTRY = CONFIG + ".3.1";
  private static final String STATS = SUBTREE + ".1.2";
  private static final String STATS_LOG_ENTRY = STATS + ".3.1";
  private static final String LOG_ENTRY = SUBTREE + ".1.3.1.1";
  private static final String VARIABLE_ENTRY = SUBTREE + ".1.3.2.1";

  /** nlmLogName of the default log: a text without characters. */
  private static final int DEFAULT_LOG = 0;

  private static final long NS_PER_MS = 1_000_000;
  private static final int ENABLED = 1;
  private static final int OPERATIONAL = 2;
  private static final int READ_ONLY = 5;
  private static final int ROW_ACTIVE = 1;

  private static final int UNSIGNED_32 = 2;
  private static final int INTEGER_32 = 4;
  private static final int OCTET_STRING = 6;

  private final Supplier<List<Notification>> recent;
  private final long maxEntries;
  private final Uptime uptime;

  /** An object that a notification carried. */
  private record Carried(VariableBinding object) {}

  /**
   * The tables of a log.
   *
   * @param recent its last notifications, oldest first
   * @param maxEntries how many of them there are at most
   */
  NotificationLogTables(Supplier<List<Notification>> recent, long maxEntries, Uptime uptime) {
    this.recent = recent;
    this.maxEntries = maxEntries;
    this.uptime = uptime;
  }

  List<Table<?>> tables() {
    return List.of(config(), configOfLog(), stats(), statsOfLog(), log(), variables());
  }

  /** nlmConfig: entries are bounded in number, and do not age out. */
  private Table<Snapshot> config() {
    return Table.scalarsOf(CONFIG)
        .column(CONFIG + ".1", snapshot -> unsigned32(maxEntries))
        .column(CONFIG + ".2", snapshot -> unsigned32(0))
        .build();
  }

  /** nlmConfigLogTable: nothing is filtered. */
  private Table<Snapshot> configOfLog() {
    return Table.of(CONFIG_LOG_ENTRY, NotificationLogTables::oneRow)
        .column(CONFIG_LOG_ENTRY + ".2", snapshot -> new OctetString())
        .column(CONFIG_LOG_ENTRY + ".3", snapshot -> unsigned32(maxEntries))
        .column(CONFIG_LOG_ENTRY + ".4", snapshot -> integer(ENABLED))
        .column(CONFIG_LOG_ENTRY + ".5", snapshot -> integer(OPERATIONAL))
        .column(CONFIG_LOG_ENTRY + ".6", snapshot -> integer(READ_ONLY))
        .column(CONFIG_LOG_ENTRY + ".7", snapshot -> integer(ROW_ACTIVE))
        .build();
  }

  private Table<Snapshot> stats() {
    return Table.scalarsOf(STATS)
        .column(STATS + ".1", snapshot -> counter32(logged()))
        .column(STATS + ".2", snapshot -> counter32(bumped()))
        .build();
  }

  private Table<Snapshot> statsOfLog() {
    return Table.of(STATS_LOG_ENTRY, NotificationLogTables::oneRow)
        .column(STATS_LOG_ENTRY + ".1", snapshot -> counter32(logged()))
        .column(STATS_LOG_ENTRY + ".2", snapshot -> counter32(bumped()))
        .build();
  }

  private Table<Notification> log() {
    return Table.of(LOG_ENTRY, snapshot -> logRows())
        .column(LOG_ENTRY + ".2", logged -> uptime.timeStamp(monotonicNs(logged.epochMillis())))
        .column(LOG_ENTRY + ".3", logged -> dateAndTime(logged.epochMillis()))
        .column(LOG_ENTRY + ".9", NotificationVariables::identity)
        .build();
  }

  private Table<Carried> variables() {
    return Table.of(VARIABLE_ENTRY, snapshot -> variableRows())
        .column(VARIABLE_ENTRY + ".2", carried -> carried.object().getOid())
        .column(VARIABLE_ENTRY + ".3", carried -> integer(type(carried.object().getVariable())))
        .optionalColumn(VARIABLE_ENTRY + ".5", carried -> value(carried, UNSIGNED_32))
        .optionalColumn(VARIABLE_ENTRY + ".7", carried -> value(carried, INTEGER_32))
        .optionalColumn(VARIABLE_ENTRY + ".8", carried -> value(carried, OCTET_STRING))
        .build();
  }

  private static List<Row<Snapshot>> oneRow(Snapshot snapshot) {
    return List.of(new Row<>(snapshot, DEFAULT_LOG));
  }

  private List<Row<Notification>> logRows() {
    return recent.get().stream()
        .map(logged -> new Row<>(logged, DEFAULT_LOG, (int) logged.sequence()))
        .toList();
  }

  private List<Row<Carried>> variableRows() {
    return recent.get().stream().flatMap(NotificationLogTables::variableRows).toList();
  }

  private static Stream<Row<Carried>> variableRows(Notification logged) {
    List<VariableBinding> objects = NotificationVariables.objects(logged);
    return IntStream.range(0, objects.size())
        .mapToObj(
            i ->
                new Row<>(
                    new Carried(objects.get(i)), DEFAULT_LOG, (int) logged.sequence(), i + 1));
  }

  private static Optional<Variable> value(Carried carried, int type) {
    Variable value = carried.object().getVariable();
    return type(value) == type ? Optional.of(value) : Optional.empty();
  }

  /** How many there have been: they are numbered from 1. */
  private long logged() {
    List<Notification> logged = recent.get();
    return logged.isEmpty() ? 0 : logged.get(logged.size() - 1).sequence();
  }

  /** How many of them are not here any more. */
  private long bumped() {
    List<Notification> logged = recent.get();
    return logged.isEmpty() ? 0 : logged.get(0).sequence() - 1;
  }

  /** CLOCK_MONOTONIC at a time of day, ns. */
  private static long monotonicNs(long epochMillis) {
    return System.nanoTime() - (System.currentTimeMillis() - epochMillis) * NS_PER_MS;
  }

  /** Of nlmLogVariableValueType, those that a notification has. */
  private static int type(Variable value) {
    if (value instanceof Integer32) {
      return INTEGER_32;
    }
    return value instanceof UnsignedInteger32 ? UNSIGNED_32 : OCTET_STRING;
  }
}
