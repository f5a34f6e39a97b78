package org.vcpuacct.cli;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.vcpuacct.alarm.Alarms;
import org.vcpuacct.alarm.Journal;
import org.vcpuacct.alarm.NotificationSink;
import org.vcpuacct.alarm.log.NotificationLog;
import org.vcpuacct.config.Config;
import org.vcpuacct.export.snmp.EngineStateException;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.Snapshot;

/** All that the daemon makes of a snapshot: what it keeps, serves, sends and raises alarms for. */
final class Services implements Closeable {

  private final AtomicReference<Snapshot> newest;
  private final NotificationLog log;
  private final HistoryRecording history;
  private final Alarms alarms;
  private final SnmpServers snmp;
  private final WebServer web;
  private final OtlpPush otlp;

  /**
   * Services that do not serve yet: their parts have to follow the configuration.
   *
   * @param startedNs CLOCK_MONOTONIC at which the daemon started, ns
   * @param first the first snapshot
   * @throws EngineStateException if the SNMP engine's boots cannot be kept, and must be
   */
  Services(Config config, HostRoot host, long startedNs, Snapshot first)
      throws EngineStateException {
    this.newest = new AtomicReference<>(first);
    this.log = NotificationLog.open(config.agent().stateDir(), config.notificationLog());
    this.history = new HistoryRecording(config.agent().stateDir());
    this.alarms = alarms(config, log, history);
    this.snmp = new SnmpServers(config, startedNs, newest::get, alarms::list, log);
    this.web = new WebServer(config.agent().stateDir(), host, newest::get, alarms::list);
    this.otlp = new OtlpPush(host, newest::get);
  }

  private static Alarms alarms(Config config, NotificationLog log, NotificationSink history) {
    Journal journal = new Journal();
    NotificationSink sink =
        told -> {
          log.accept(told);
          journal.accept(told);
          history.accept(told);
        };
    return new Alarms(config.alarm(), log.known(), log.lastSequence(), sink);
  }

  /** Which section of the configuration is followed by what; to add one, add it here. */
  List<Part<?>> parts() {
    return List.of(
        new Part<>("notification-log", Config::notificationLog, log::use),
        new Part<>("history", Config::history, history::use),
        new Part<>("alarm", Config::alarm, alarms::use),
        new Part<>("snmp", Config::snmp, snmp::useSnmp),
        new Part<>("notify", Config::notifyTargets, snmp::useTargets),
        new Part<>("agentx", Config::agentx, snmp::useAgentx),
        new Part<>("http", Config::http, web::use),
        new Part<>("otlp", Config::otlp, otlp::use));
  }

  /** Takes the newest snapshot. For one thread; does not block. */
  void publish(Snapshot snapshot) {
    newest.set(snapshot);
    history.record(snapshot);
    alarms.step(snapshot);
    web.publish(snapshot, history.dropped());
    otlp.publish(snapshot, history.dropped());
  }

  /** The newest snapshot. */
  Snapshot newest() {
    return newest.get();
  }

  @Override
  public void close() throws IOException {
    try (log;
        history;
        snmp;
        web) {
      otlp.close();
    }
  }

  @Override
  public String toString() {
    return snmp + ", " + web + ", " + otlp;
  }
}
