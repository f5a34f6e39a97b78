package org.vcpuacct.export.snmp;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;

/** Everything that the daemon serves over SNMP, declared. */
public final class MibTables {

  private final List<Table<?>> hostTables;
  private final List<Table<?>> elementTables;

  /**
   * The tables as one agent serves them.
   *
   * @param version the daemon's version
   * @param startedNs CLOCK_MONOTONIC at which the daemon started, ns
   * @param upSinceNs CLOCK_MONOTONIC at which the sysUpTime of the agent that serves them began, ns
   * @param alarms the newest list, never null
   */
  public MibTables(String version, long startedNs, long upSinceNs, Supplier<AlarmList> alarms) {
    Uptime uptime = new Uptime(upSinceNs);
    List<Table<?>> common =
        List.of(
            AgentObjects.table(version, startedNs, uptime),
            VmTable.table(uptime),
            VcpuTable.table(uptime),
            VcpuShareTable.table(),
            ExitTable.table(),
            NeTable.table(uptime),
            ThreadTable.table(uptime),
            LimitTable.table(),
            HistogramTables.exitDurations(),
            HistogramTables.latencies());
    this.hostTables = sorted(common, AlarmTable.ofHost(alarms), HostCpuObjects.table());
    this.elementTables =
        sorted(
            common, AlarmTable.ofElements(alarms), GuestCpuObjects.table(), GuestLoadTable.table());
  }

  private MibTables(List<Table<?>> hostTables, List<Table<?>> elementTables) {
    this.hostTables = hostTables;
    this.elementTables = elementTables;
  }

  /** These tables and in the default context those of the log too. */
  MibTables with(NotificationLogTables log) {
    return new MibTables(sorted(hostTables, log.tables().toArray(Table<?>[]::new)), elementTables);
  }

  private static List<Table<?>> sorted(List<Table<?>> common, Table<?>... particular) {
    return Stream.concat(common.stream(), Stream.of(particular))
        .sorted(Comparator.comparing(Table::entry))
        .toList();
  }

  /** The tables of the default context, by ascending object identifier. */
  List<Table<?>> tables() {
    return hostTables;
  }

  /** The tree over a snapshot: the whole host. */
  public MibView view(Snapshot snapshot) {
    return new MibView(hostTables, snapshot);
  }

  /** The tree of a network element of a snapshot: its rows, and what its guests say of it. */
  MibView view(Snapshot snapshot, NeAccount ne) {
    return new MibView(elementTables, snapshot.only(ne));
  }
}
