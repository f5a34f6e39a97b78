package org.vcpuacct.export.api;

import org.vcpuacct.json.JsonWriter;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.ne.GuestComparison;
import org.vcpuacct.ne.NeChange;
import org.vcpuacct.ne.NeTimes;

/**
 * Writes one network element with its VMs. It reads nothing but the account, so it tells of the
 * past as of now.
 */
public final class NeWriter {

  private static final int CONTRIBUTORS = 5;

  private final JsonWriter json;
  private final VmWriter vms;

  /**
   * A writer into this document.
   *
   * @param json where the object stands whose members are written
   */
  public NeWriter(JsonWriter json) {
    this.json = json;
    this.vms = new VmWriter(json);
  }

  /** Writes the members of its object. */
  public void write(NeAccount ne) {
    json.put("index", ne.index());
    json.put("name", ne.name());
    NeTimes.of(ne).ifPresent(this::writeTimes);
    NeChange.of(ne, Window.LAST_INTERVAL).ifPresent(this::writeChange);
    json.putObject("windows", () -> writeWindows(ne));
    GuestComparison.of(ne).ifPresent(both -> new GuestWriter(json).writeComparison(both));
    ne.overload().ifPresent(this::writeOverload);
    json.putObjects("vms", ne.vms(), vms::write);
  }

  private void writeTimes(NeTimes times) {
    json.put("tier", times.tier().label());
    json.put("sinceNs", times.sinceNs());
    json.put("wallNs", times.wallNs());
    json.putObject("ns", () -> writeRollUps(times));
    json.put("threadCpuNs", times.threadCpuNs());
  }

  private void writeRollUps(NeTimes times) {
    for (RollUp rollUp : RollUp.values()) {
      json.put(Labels.of(rollUp), times.ns(rollUp));
    }
  }

  private void writeChange(NeChange change) {
    json.putShare("load", change.load());
    json.putObject("shares", () -> writeShares(change));
    json.putShare("threadShare", change.threadShare());
    writeCause(change);
  }

  /** Writes what most of the load is for, and what takes the most time beside the guests. */
  void writeCause(NeChange change) {
    json.put("cause", change.cause().label());
    json.putObjects(
        "contributors",
        change.contributors(CONTRIBUTORS),
        contributor -> {
          json.put("name", contributor.name());
          json.putShare("share", contributor.share());
        });
  }

  private void writeShares(NeChange change) {
    for (RollUp rollUp : RollUp.values()) {
      json.putShare(Labels.of(rollUp), change.share(rollUp));
    }
  }

  /** Those that are longer than the last interval. */
  private void writeWindows(NeAccount ne) {
    for (Window window : Window.values()) {
      if (window != Window.LAST_INTERVAL) {
        NeChange.of(ne, window)
            .ifPresent(change -> json.putObject(Labels.of(window), () -> writeChange(change)));
      }
    }
  }

  /** Writes what is asked of call processing, as the member "overload". */
  void writeOverload(Overload overload) {
    json.putObject(
        "overload",
        () -> {
          json.put("sequence", overload.sequence());
          json.put("validityMs", overload.validityMs());
          json.put("loadPercent", overload.load());
          json.put("reductionPercent", overload.reduction());
          json.put("level", overload.level().label());
          json.put("cause", overload.cause().label());
        });
  }
}
