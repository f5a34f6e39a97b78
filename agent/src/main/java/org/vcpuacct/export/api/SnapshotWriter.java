package org.vcpuacct.export.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.vcpuacct.alarm.Alarm;
import org.vcpuacct.host.Hardware;
import org.vcpuacct.host.Limit;
import org.vcpuacct.json.JsonWriter;
import org.vcpuacct.ledger.AgentStats;
import org.vcpuacct.ledger.Snapshot;

/** Writes all that is known at one instant as one JSON object. The schema is in docs/http.md. */
public final class SnapshotWriter {

  private final String version;
  private final Optional<String> hostName;
  private final Supplier<Optional<Hardware>> hardware;

  /**
   * A writer of snapshots of one daemon.
   *
   * @param version of the daemon
   * @param hostName what the host calls itself, if that is known
   * @param hardware what the host is made of, likewise
   */
  public SnapshotWriter(
      String version, Optional<String> hostName, Supplier<Optional<Hardware>> hardware) {
    this.version = version;
    this.hostName = hostName;
    this.hardware = hardware;
  }

  /**
   * Writes the members of the object.
   *
   * @param alarms those that are active
   */
  public void write(JsonWriter json, Detail detail, Snapshot snapshot, List<Alarm> alarms) {
    json.put("takenNs", snapshot.takenNs());
    json.put("takenEpochMillis", snapshot.takenEpochMillis());
    json.putObject("agent", () -> writeAgent(json, snapshot));
    switch (detail) {
      case FULL -> writeFull(json, snapshot);
      case BRIEF -> writeBrief(json, snapshot);
    }
    json.putObjects("alarms", alarms, new AlarmWriter(json)::write);
    json.putObjects("limits", snapshot.limits(), limit -> writeLimit(json, limit));
  }

  private void writeFull(JsonWriter json, Snapshot snapshot) {
    json.putObject("host", () -> new HostWriter(json).write(hostName, hardware.get(), snapshot));
    json.putObjects("networkElements", snapshot.nes(), new NeWriter(json)::write);
  }

  private void writeBrief(JsonWriter json, Snapshot snapshot) {
    BriefWriter brief = new BriefWriter(json);
    json.putObject("host", () -> new HostWriter(json).writeBrief(hostName, snapshot));
    brief.writeCatalogues();
    json.putObjects("networkElements", snapshot.nes(), brief::write);
  }

  private void writeAgent(JsonWriter json, Snapshot snapshot) {
    AgentStats agent = snapshot.agent();
    json.put("version", version);
    json.put("tier", snapshot.tier().label());
    json.put("steps", agent.steps());
    json.put("latenessNs", agent.latenessNs());
    json.put("stepNs", agent.stepNs());
    json.put("scanNs", agent.scanNs());
  }

  private static void writeLimit(JsonWriter json, Limit limit) {
    json.put("what", limit.what());
    json.put("consequence", limit.consequence());
    json.put("mend", limit.mend());
  }
}
