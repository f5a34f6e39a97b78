package org.vcpuacct.export.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vcpuacct.json.JsonWriter;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Scheduling;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.Window;

/**
 * Writes the account of one vCPU. Figures count from when it was opened; shares, rates and what is
 * called recent are of the last interval, and absent while there is none.
 */
final class VcpuWriter {

  private final JsonWriter json;
  private final VcpuAccount account;
  private final Reading reading;
  private final Optional<Change> change;

  VcpuWriter(JsonWriter json, VcpuAccount account) {
    this.json = json;
    this.account = account;
    this.reading = account.reading();
    this.change = account.change(Window.LAST_INTERVAL);
  }

  /** Writes the members of its object. */
  void write() {
    json.put("number", account.vcpu().id());
    json.put("threadId", account.vcpu().threadId());
    json.put("tier", account.tier().label());
    json.put("sinceNs", account.sinceNs());
    json.put("lastPcpu", reading.lastPcpu());
    json.put("wallNs", reading.wallNs());
    json.put("cpuNs", reading.cpuNs());
    json.put("waitNs", reading.waitNs());
    change.ifPresent(
        recent -> {
          json.putShare("cpuShare", recent.cpuShare());
          json.putShare("waitShare", recent.waitShare());
          json.put("exitsPerSecond", recent.exitsPerSecond());
        });
    json.putObjects("lines", Line.of(account.tier()), this::writeLine);
    reading.exits().ifPresent(this::writeExits);
    reading.detail().ifPresent(this::writeDetail);
  }

  private void writeLine(Line line) {
    json.put("label", line.label());
    json.put("name", line.name());
    json.put("rollUp", Labels.of(line.rollUp()));
    json.put("ns", reading.lines().ns(line));
    change.ifPresent(recent -> json.putShare("share", recent.share(line)));
  }

  private void writeExits(ExitCounts counts) {
    json.put("exitCount", counts.total());
    List<ExitClass> told =
        Arrays.stream(ExitClass.values())
            .filter(exitClass -> counts.of(exitClass).isPresent())
            .toList();
    json.putObjects("exits", told, exitClass -> writeExits(exitClass, counts.of(exitClass)));
  }

  private void writeExits(ExitClass exitClass, OptionalLong count) {
    json.put("label", exitClass.label());
    json.put("name", exitClass.name());
    json.put("count", count);
    change.ifPresent(recent -> json.put("perSecond", recent.exitsPerSecond(exitClass)));
    reading.detail().ifPresent(detail -> writeTimes(exitClass, detail));
  }

  private void writeTimes(ExitClass exitClass, ExactDetail detail) {
    json.put("ns", detail.exitTimes().ns(exitClass));
    change.ifPresent(recent -> json.putShare("share", recent.exitShare(exitClass)));
    Histograms.write(json, "durations", detail.exitTimes().durations(exitClass));
    change
        .flatMap(recent -> recent.exitDurations(exitClass))
        .ifPresent(durations -> Histograms.write(json, "recentDurations", durations));
  }

  private void writeDetail(ExactDetail detail) {
    json.put("entries", detail.entries());
    json.put("userspaceExits", detail.userspaceExits());
    json.put("guestUserExits", detail.guestUserExits());
    json.put("guestKernelExits", detail.guestKernelExits());
    json.put("lastOtherCode", detail.lastOtherCode());
    json.putObject("scheduling", () -> writeScheduling(detail.scheduling()));
  }

  private void writeScheduling(Scheduling scheduling) {
    json.put("lastNode", scheduling.lastNode());
    json.put("pcpuMigrations", scheduling.pcpuMigrations());
    json.put("nodeMigrations", scheduling.nodeMigrations());
    json.put("maxLatencyNs", scheduling.maxLatencyNs());
    Histograms.write(json, "latencies", scheduling.latency());
    change
        .flatMap(Change::schedulingLatency)
        .ifPresent(latencies -> Histograms.write(json, "recentLatencies", latencies));
  }
}
