package org.vcpuacct.export.api;

import org.vcpuacct.guest.GuestCpu;
import org.vcpuacct.guest.GuestLoad;
import org.vcpuacct.guest.GuestReport;
import org.vcpuacct.guest.GuestTime;
import org.vcpuacct.guest.LoadAverages;
import org.vcpuacct.json.JsonWriter;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ne.GuestComparison;

/** Writes what guests say of themselves, and what the host measured meanwhile. */
final class GuestWriter {

  private final JsonWriter json;

  GuestWriter(JsonWriter json) {
    this.json = json;
  }

  /** Both sides between the guest's last two reports, as the member "guest". */
  void writeComparison(GuestComparison both) {
    json.putObject(
        "guest",
        () -> {
          writeShares(both);
          json.putShare("user", both.guestUserShare());
          json.putShare("system", both.guestSystemShare());
          json.putShare("idle", both.guestIdleShare());
          json.putShare("untoldContention", both.untoldContentionShare());
          json.putObject("host", () -> writeHost(both));
        });
  }

  /** The shares of that which an operator looks at first, as the member "guest". */
  void writeSummary(GuestComparison both) {
    json.putObject("guest", () -> writeShares(both));
  }

  private void writeShares(GuestComparison both) {
    json.putShare("busy", both.guestBusyShare());
    json.putShare("steal", both.guestStealShare());
    json.putShare("hidden", both.hiddenShare());
  }

  private void writeHost(GuestComparison both) {
    for (RollUp rollUp : RollUp.values()) {
      json.putShare(Labels.of(rollUp), both.hostShare(rollUp));
    }
  }

  /** How the asking goes and what the guest said last, as the member "guestReport". */
  void writeReport(GuestReport report) {
    json.putObject(
        "guestReport",
        () -> {
          json.put("state", report.state().label());
          if (!report.message().isEmpty()) {
            json.put("message", report.message());
          }
          json.put("sinceNs", report.sinceNs());
          json.put("ageNs", report.ageNs());
          report.last().ifPresent(this::writeLoad);
        });
  }

  private void writeLoad(GuestLoad load) {
    json.put("atNs", load.atNs());
    json.put("source", load.source().label());
    load.loadAverages().ifPresent(this::writeAverages);
    json.putObjects("cpus", load.cpus(), this::writeCpu);
  }

  private void writeAverages(LoadAverages averages) {
    json.putObject(
        "loadAverages",
        () -> {
          json.put("one", averages.one());
          json.put("five", averages.five());
          json.put("fifteen", averages.fifteen());
        });
  }

  private void writeCpu(GuestCpu cpu) {
    json.put("number", cpu.cpu());
    json.putObject(
        "ns",
        () -> {
          for (GuestTime time : GuestTime.values()) {
            json.put(Labels.of(time), cpu.ns(time));
          }
        });
  }
}
