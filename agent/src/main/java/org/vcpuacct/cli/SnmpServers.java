package org.vcpuacct.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.config.Config;
import org.vcpuacct.export.agentx.AgentxSettings;
import org.vcpuacct.export.agentx.AgentxSubagent;
import org.vcpuacct.export.snmp.EmbeddedAgent;
import org.vcpuacct.export.snmp.MibTables;
import org.vcpuacct.export.snmp.SnapshotViews;
import org.vcpuacct.export.snmp.SnmpSettings;
import org.vcpuacct.ledger.Snapshot;

/** The two ways to serve the figures over SNMP, those of them that the configuration asks for. */
final class SnmpServers implements AutoCloseable {

  private final Optional<EmbeddedAgent> agent;
  private final Optional<AgentxSubagent> subagent;

  private SnmpServers(Optional<EmbeddedAgent> agent, Optional<AgentxSubagent> subagent) {
    this.agent = agent;
    this.subagent = subagent;
  }

  /**
   * Starts them.
   *
   * @param startedNs CLOCK_MONOTONIC at which the daemon started, ns
   * @param snapshots the newest snapshot, never null
   * @param alarms the newest list of alarms, never null
   * @throws IOException if the embedded agent's address cannot be bound
   */
  static SnmpServers start(
      Config config, long startedNs, Supplier<Snapshot> snapshots, Supplier<AlarmList> alarms)
      throws IOException {
    String version = VersionProvider.version();
    Optional<EmbeddedAgent> agent = Optional.empty();
    if (config.snmp().enabled()) {
      agent =
          Optional.of(
              EmbeddedAgent.start(snmpSettings(config), version, startedNs, snapshots, alarms));
    }
    Optional<AgentxSubagent> subagent = Optional.empty();
    if (config.agentx().isPresent()) {
      subagent =
          Optional.of(
              AgentxSubagent.start(
                  AgentxSettings.to(config.agentx().get().master()),
                  version,
                  upSinceNs ->
                      new SnapshotViews(
                          new MibTables(version, startedNs, upSinceNs, alarms), snapshots)));
    }
    return new SnmpServers(agent, subagent);
  }

  @Override
  public void close() {
    subagent.ifPresent(AgentxSubagent::close);
    agent.ifPresent(EmbeddedAgent::close);
  }

  @Override
  public String toString() {
    List<String> ways = new ArrayList<>();
    agent.ifPresent(server -> ways.add("SNMP on UDP " + server.address()));
    subagent.ifPresent(server -> ways.add("AgentX to " + server.master()));
    return String.join(", ", ways);
  }

  private static SnmpSettings snmpSettings(Config config) {
    Config.Snmp snmp = config.snmp();
    return new SnmpSettings(
        snmp.listen(),
        snmp.communities(),
        snmp.v2cAnywhere(),
        snmp.users(),
        config.agent().stateDir());
  }
}
