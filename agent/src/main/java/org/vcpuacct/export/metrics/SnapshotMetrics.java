package org.vcpuacct.export.metrics;

import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.ledger.Snapshot;

/**
 * Everything that a snapshot tells, as text: of one instant all of it, so that no figures are torn
 * and a VM that has left has no series. A function of what it is given and of nothing else.
 */
final class SnapshotMetrics {

  private SnapshotMetrics() {}

  static void write(Exposition out, Snapshot snapshot, AlarmList alarms, String version) {
    Accounts accounts = Accounts.of(snapshot);
    HostMetrics.write(out, snapshot, version);
    AlarmMetrics.write(out, alarms);
    NeMetrics.write(out, accounts);
    VmMetrics.write(out, accounts);
    GuestMetrics.write(out, accounts);
    VcpuMetrics.write(out, accounts);
  }
}
