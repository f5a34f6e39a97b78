package org.vcpuacct.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
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
import org.vcpuacct.export.notify.NotifyTarget;
import org.vcpuacct.export.snmp.EmbeddedAgent;
import org.vcpuacct.export.snmp.EngineState;
import org.vcpuacct.export.snmp.EngineStateException;
import org.vcpuacct.export.snmp.MibTables;
import org.vcpuacct.export.snmp.SnapshotViews;
import org.vcpuacct.export.snmp.SnmpSettings;
import org.vcpuacct.ledger.Snapshot;

/**
 * The ways to serve the figures over SNMP and to tell of alarms, those of them that the
 * configuration asks for. One thread at a time may change them.
 */
final class SnmpServers implements Closeable {

  private final String version = VersionProvider.version();
  private final long startedNs;
  private final Supplier<Snapshot> snapshots;
  private final Supplier<AlarmList> alarms;
  private final NotificationLog log;
  private final Path stateDir;
  private final EngineState engine;
  private boolean engineKept;
  private volatile Optional<EmbeddedAgent> agent = Optional.empty();
  private final Reopenable<Config.Agentx, Subagent> subagent;
  private final Notifier notifier;

  /** A subagent, and what it tells its master. */
  private record Subagent(AgentxSubagent server, Optional<AgentxOutbox> outbox)
      implements Closeable {

    @Override
    public void close() throws IOException {
      server.close();
      if (outbox.isPresent()) {
        outbox.get().close();
      }
    }
  }

  /**
   * Servers that do not serve yet.
   *
   * @param startedNs CLOCK_MONOTONIC at which the daemon started, ns
   * @param snapshots the newest snapshot, never null
   * @param alarms the newest list of alarms, never null
   * @param log what is sent of alarms; the caller closes it, after this
   * @throws EngineStateException if the engine's boots cannot be kept, and must be
   */
  SnmpServers(
      Config config,
      long startedNs,
      Supplier<Snapshot> snapshots,
      Supplier<AlarmList> alarms,
      NotificationLog log)
      throws EngineStateException {
    this.startedNs = startedNs;
    this.snapshots = snapshots;
    this.alarms = alarms;
    this.log = log;
    this.stateDir = config.agent().stateDir();
    this.engineKept = needEngine(config.snmp()) || needEngine(config.notifyTargets());
    this.engine = EngineState.boot(stateDir, engineKept);
    this.subagent = new Reopenable<>(this::openSubagent);
    this.notifier = new Notifier(log, engine, System.nanoTime());
  }

  /**
   * Serves with an agent of its own as the settings say from now on.
   *
   * @throws IOException if its address cannot be bound, or the engine's boots cannot be kept that
   *     must be
   */
  void useSnmp(Config.Snmp snmp) throws IOException {
    if (!snmp.enabled()) {
      closeAgent();
      return;
    }
    keepEngine(needEngine(snmp));
    SnmpSettings settings =
        new SnmpSettings(
            snmp.listen(), snmp.communities(), snmp.v2cAnywhere(), snmp.users(), engine);
    if (agent.isPresent()) {
      agent.get().use(settings);
    } else {
      agent =
          Optional.of(
              EmbeddedAgent.start(settings, version, startedNs, snapshots, alarms, log::recent));
    }
  }

  /** Serves through a master as the settings say from now on; empty if through none. */
  void useAgentx(Optional<Config.Agentx> agentx) throws IOException {
    subagent.use(agentx);
  }

  /** Tells these managers of alarms from now on. */
  void useTargets(List<NotifyTarget> targets) throws IOException {
    keepEngine(needEngine(targets));
    notifier.use(targets);
  }

  private Subagent openSubagent(Config.Agentx agentx) throws IOException {
    Optional<AgentxOutbox> outbox =
        agentx.notified() ? Optional.of(new AgentxOutbox(log)) : Optional.empty();
    AgentxSubagent server =
        AgentxSubagent.start(
            AgentxSettings.to(agentx.master()),
            version,
            upSinceNs ->
                new SnapshotViews(new MibTables(version, startedNs, upSinceNs, alarms), snapshots),
            outbox.<NotifyQueue>map(queue -> queue).orElse(NotifyQueue.NONE));
    return new Subagent(server, outbox);
  }

  /** Whether somebody would have to refuse us if our engine began anew. */
  private static boolean needEngine(Config.Snmp snmp) {
    return snmp.enabled() && !snmp.users().isEmpty();
  }

  private static boolean needEngine(List<NotifyTarget> targets) {
    return targets.stream().anyMatch(Notifier::needsEngine);
  }

  private void keepEngine(boolean needed) throws EngineStateException {
    if (needed && !engineKept) {
      engine.keep(stateDir);
      engineKept = true;
    }
  }

  private void closeAgent() {
    agent.ifPresent(EmbeddedAgent::close);
    agent = Optional.empty();
  }

  @Override
  public void close() throws IOException {
    notifier.close();
    subagent.close();
    closeAgent();
  }

  @Override
  public String toString() {
    List<String> ways = new ArrayList<>();
    agent.ifPresent(server -> ways.add("SNMP on UDP " + server.address()));
    subagent.get().ifPresent(open -> ways.add("AgentX to " + open.server().master()));
    return String.join(", ", ways);
  }
}
