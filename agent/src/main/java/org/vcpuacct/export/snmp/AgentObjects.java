package org.vcpuacct.export.snmp;

import static org.vcpuacct.export.snmp.Variables.counter64;
import static org.vcpuacct.export.snmp.Variables.dateAndTime;
import static org.vcpuacct.export.snmp.Variables.errorFlag;
import static org.vcpuacct.export.snmp.Variables.errorMessage;
import static org.vcpuacct.export.snmp.Variables.gauge;
import static org.vcpuacct.export.snmp.Variables.integer;
import static org.vcpuacct.export.snmp.Variables.text;
import static org.vcpuacct.mib.VcpuAcctMib.VA_AGENT;
import static org.vcpuacct.mib.VcpuAcctMib.VA_AGENT_DISCONTINUITY_TIME;
import static org.vcpuacct.mib.VcpuAcctMib.VA_AGENT_ERROR_FLAG;
import static org.vcpuacct.mib.VcpuAcctMib.VA_AGENT_ERROR_MESSAGE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_AGENT_LIMITS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_AGENT_SCAN_COST_MICROSECONDS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_AGENT_SNAPSHOT_DATE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_AGENT_SNAPSHOT_TIME;
import static org.vcpuacct.mib.VcpuAcctMib.VA_AGENT_STEPS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_AGENT_STEP_COST_MICROSECONDS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_AGENT_STEP_LATENESS_MICROSECONDS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_AGENT_TIER;
import static org.vcpuacct.mib.VcpuAcctMib.VA_AGENT_VCPUS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_AGENT_VERSION;
import static org.vcpuacct.mib.VcpuAcctMib.VA_AGENT_VMS;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.snmp4j.smi.Variable;
import org.vcpuacct.host.Limit;
import org.vcpuacct.ledger.AgentStats;
import org.vcpuacct.ledger.Snapshot;

/** The scalars below vaAgent. */
final class AgentObjects {

  private static final long NS_PER_MICROSECOND = 1_000;

  private AgentObjects() {}

  static Table<Snapshot> table(String version, long startedNs, Uptime uptime) {
    return Table.scalarsOf(VA_AGENT)
        .column(VA_AGENT_VERSION, snapshot -> text(version))
        .column(VA_AGENT_TIER, snapshot -> integer(snapshot.tier().number()))
        .column(VA_AGENT_VMS, snapshot -> gauge(snapshot.vms().size()))
        .column(VA_AGENT_VCPUS, snapshot -> gauge(vcpus(snapshot)))
        .column(VA_AGENT_SNAPSHOT_TIME, snapshot -> uptime.timeStamp(snapshot.takenNs()))
        .column(VA_AGENT_SNAPSHOT_DATE, snapshot -> dateAndTime(snapshot.takenEpochMillis()))
        .column(VA_AGENT_DISCONTINUITY_TIME, snapshot -> uptime.timeStamp(startedNs))
        .column(VA_AGENT_STEPS, snapshot -> counter64(snapshot.agent().steps()))
        .column(VA_AGENT_STEP_LATENESS_MICROSECONDS, microseconds(AgentStats::latenessNs))
        .column(VA_AGENT_STEP_COST_MICROSECONDS, microseconds(AgentStats::stepNs))
        .column(VA_AGENT_SCAN_COST_MICROSECONDS, microseconds(AgentStats::scanNs))
        .column(VA_AGENT_LIMITS, snapshot -> gauge(snapshot.limits().size()))
        .column(VA_AGENT_ERROR_FLAG, snapshot -> errorFlag(faults(snapshot)))
        .column(VA_AGENT_ERROR_MESSAGE, snapshot -> errorMessage(faults(snapshot)))
        .build();
  }

  private static Function<Snapshot, Variable> microseconds(ToLongFunction<AgentStats> ns) {
    return snapshot -> gauge(ns.applyAsLong(snapshot.agent()) / NS_PER_MICROSECOND);
  }

  private static int vcpus(Snapshot snapshot) {
    return snapshot.vms().stream().mapToInt(vm -> vm.vcpus().size()).sum();
  }

  private static List<String> faults(Snapshot snapshot) {
    return snapshot.limits().stream().map(Limit::toString).toList();
  }
}
