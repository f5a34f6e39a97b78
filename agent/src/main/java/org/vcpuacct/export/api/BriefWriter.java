package org.vcpuacct.export.api;

import java.util.List;
import java.util.OptionalLong;
import org.vcpuacct.json.JsonWriter;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.ne.GuestComparison;
import org.vcpuacct.ne.NeChange;

/**
 * Writes network elements with their VMs and vCPUs, each as its counters and what tells it from the
 * others. The counters of a vCPU stand by their place in the catalogues, which are written once.
 */
final class BriefWriter {

  private static final List<Line> LINES = List.of(Line.values());
  private static final List<ExitClass> EXIT_CLASSES = List.of(ExitClass.values());

  private final JsonWriter json;
  private final NeWriter nes;
  private final GuestWriter guests;

  BriefWriter(JsonWriter json) {
    this.json = json;
    this.nes = new NeWriter(json);
    this.guests = new GuestWriter(json);
  }

  /** Writes what stands at which place of a vCPU, as the members "lines" and "exitClasses". */
  void writeCatalogues() {
    json.putObjects(
        "lines",
        LINES,
        line -> {
          json.put("label", line.label());
          json.put("name", line.name());
          json.put("rollUp", Labels.of(line.rollUp()));
        });
    json.putObjects(
        "exitClasses",
        EXIT_CLASSES,
        exitClass -> {
          json.put("label", exitClass.label());
          json.put("name", exitClass.name());
        });
  }

  /** Writes the members of a network element's object. */
  void write(NeAccount ne) {
    json.put("index", ne.index());
    json.put("name", ne.name());
    NeChange.of(ne, Window.LAST_INTERVAL).ifPresent(nes::writeCause);
    GuestComparison.of(ne).ifPresent(guests::writeSummary);
    ne.overload().ifPresent(nes::writeOverload);
    json.putObjects("vms", ne.vms(), this::writeVm);
  }

  private void writeVm(VmAccount vm) {
    json.put("index", vm.index());
    json.put("name", vm.vm().name());
    json.putObjects("vcpus", vm.vcpus(), vcpu -> writeVcpu(vm, vcpu));
  }

  private void writeVcpu(VmAccount vm, VcpuAccount account) {
    Reading reading = account.reading();
    json.put("number", account.vcpu().id());
    json.put("tier", account.tier().label());
    json.put("sinceNs", account.sinceNs());
    json.put("lastPcpu", reading.lastPcpu());
    json.putIntegers("lineNs", LINES, reading.lines()::ns);
    reading.exits().ifPresent(exits -> writeExits(exits, reading));
    GuestComparison.of(vm, account.vcpu().id()).ifPresent(guests::writeSummary);
  }

  private void writeExits(ExitCounts exits, Reading reading) {
    json.put("exitCount", exits.total());
    json.putIntegers("exitCounts", EXIT_CLASSES, exits::of);
    reading.detail().ifPresent(detail -> writeExitNs(exits, detail));
  }

  /** Of a class that cannot be told the time is not known either. */
  private void writeExitNs(ExitCounts exits, ExactDetail detail) {
    json.putIntegers(
        "exitNs",
        EXIT_CLASSES,
        exitClass ->
            exits.of(exitClass).isPresent()
                ? OptionalLong.of(detail.exitTimes().ns(exitClass))
                : OptionalLong.empty());
  }
}
