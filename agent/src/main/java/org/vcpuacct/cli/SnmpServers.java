package org.vcpuacct.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.alarm.log.NotificationLog;
import org.vcpuacct.config.Config;
import org.vcpuacct.export.agentx.AgentxSettings;
import org.vcpuacct.export.agentx.AgentxSubagent;
import org.vcpuacct.export.agentx.NotifyQueue;
import org.vcpuacct.export.notify.AgentxOutbox;
import org.vcpuacct.export.notify.Notifier;
import org.vcpuacct.export.snmp.EmbeddedAgent;
import org.vcpuacct.export.snmp.EngineState;
import org.vcpuacct.export.snmp.MibTables;
import org.vcpuacct.export.snmp.SnapshotViews;
import org.vcpuacct.export.snmp.SnmpSettings;
import org.vcpuacct.ledger.Snapshot;

/**
 * The ways to serve the figures over SNMP and to tell of alarms, those of them that the
 * configuration asks for.
 */
final class SnmpServers implements AutoCloseable {

  private final Optional<EmbeddedAgent> agent;
  private final Optional<AgentxSubagent> subagent;
  private final Optional<AgentxOutbox> agentxOutbox;
  private final Notifier notifier;

  private SnmpServers(
      Optional<EmbeddedAgent> agent,
      Optional<AgentxSubagent> subagent,
      Optional<AgentxOutbox> agentxOutbox,
      Notifier notifier) {
    this.agent = agent;
    this.subagent = subagent;
    this.agentxOutbox = agentxOutbox;
    this.notifier = notifier;
  }

  /**
   * Starts them.
   *
   * @param startedNs CLOCK_MONOTONIC at which the daemon started, ns
   * @param snapshots the newest snapshot, never null
   * @param alarms the newest list of alarms, never null
   * @param log what is sent of alarms; the caller closes it, after this
   * @throws IOException if the embedded agent's address cannot be bound, or the engine's boots
   *     cannot be kept that must be
   */
  static SnmpServers start(
      Config config,
      long startedNs,
      Supplier<Snapshot> snapshots,
      Supplier<AlarmList> alarms,
      NotificationLog log)
      throws IOException {
    String version = VersionProvider.version();
    EngineState engine = EngineState.boot(config.agent().stateDir(), needsEngine(config));
    Optional<EmbeddedAgent> agent = Optional.empty();
    if (config.snmp().enabled()) {
      SnmpSettings settings = snmpSettings(config.snmp(), engine);
      agent =
          Optional.of(
              EmbeddedAgent.start(settings, version, startedNs, snapshots, alarms, log::recent));
    }
    Notifier notifier = Notifier.start(config.notifyTargets(), log, engine, System.nanoTime());
    Optional<AgentxOutbox> agentxOutbox =
        config.agentx().filter(Config.Agentx::notified).map(on -> new AgentxOutbox(log));
    Optional<AgentxSubagent> subagent = Optional.empty();
    if (config.agentx().isPresent()) {
      subagent =
          Optional.of(
              AgentxSubagent.start(
                  AgentxSettings.to(config.agentx().get().master()),
                  version,
                  upSinceNs ->
                      new SnapshotViews(
                          new MibTables(version, startedNs, upSinceNs, alarms), snapshots),
                  agentxOutbox.<NotifyQueue>map(queue -> queue).orElse(NotifyQueue.NONE)));
    }
    return new SnmpServers(agent, subagent, agentxOutbox, notifier);
  }

  @Override
  public void close() throws IOException {
    notifier.close();
    subagent.ifPresent(AgentxSubagent::close);
    if (agentxOutbox.isPresent()) {
      agentxOutbox.get().close();
    }
    agent.ifPresent(EmbeddedAgent::close);
  }

  @Override
  public String toString() {
    List<String> ways = new ArrayList<>();
    agent.ifPresent(server -> ways.add("SNMP on UDP " + server.address()));
    subagent.ifPresent(server -> ways.add("AgentX to " + server.master()));
    return String.join(", ", ways);
  }

  /** Whether somebody would have to refuse us if our engine began anew. */
  private static boolean needsEngine(Config config) {
    return (config.snmp().enabled() && !config.snmp().users().isEmpty())
        || config.notifyTargets().stream().anyMatch(Notifier::needsEngine);
  }

  private static SnmpSettings snmpSettings(Config.Snmp snmp, EngineState engine) {
    return new SnmpSettings(
        snmp.listen(), snmp.communities(), snmp.v2cAnywhere(), snmp.users(), engine);
  }
}
