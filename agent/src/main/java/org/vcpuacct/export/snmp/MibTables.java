package org.vcpuacct.export.snmp;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.vcpuacct.ledger.Snapshot;

/** Everything that the daemon serves over SNMP, declared. */
public final class MibTables {

  private final List<Table<?>> tables;

  /**
   * The tables as one agent serves them.
   *
   * @param version the daemon's version
   * @param startedNs CLOCK_MONOTONIC at which the daemon started, ns
   * @param upSinceNs CLOCK_MONOTONIC at which the sysUpTime of the agent that serves them began, ns
   */
  public MibTables(String version, long startedNs, long upSinceNs) {
    Uptime uptime = new Uptime(upSinceNs);
    this.tables =
        Stream.<Table<?>>of(
                HostCpuObjects.table(),
                AgentObjects.table(version, startedNs, uptime),
                VmTable.table(uptime),
                VcpuTable.table(uptime),
                VcpuShareTable.table(),
                ExitTable.table(),
                NeTable.table(uptime),
                ThreadTable.table(uptime),
                LimitTable.table(),
                HistogramTables.exitDurations(),
                HistogramTables.latencies())
            .sorted(Comparator.comparing(Table::entry))
            .toList();
  }

  /** The tables by ascending object identifier. */
  List<Table<?>> tables() {
    return tables;
  }

  /** The tree over a snapshot. */
  public MibView view(Snapshot snapshot) {
    return new MibView(tables, snapshot);
  }
}
