package org.vcpuacct.export.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vcpuacct.host.CpuStat;
import org.vcpuacct.host.Hardware;
import org.vcpuacct.json.JsonWriter;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.PcpuShares;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.ne.NeChange;

/** Writes what is known of the host itself. */
final class HostWriter {

  private final JsonWriter json;

  HostWriter(JsonWriter json) {
    this.json = json;
  }

  /**
   * Writes the members of its object.
   *
   * @param name what the host calls itself, if that is known
   * @param hardware what it is made of, likewise
   */
  void write(Optional<String> name, Optional<Hardware> hardware, Snapshot snapshot) {
    json.put("name", name);
    hardware.ifPresent(of -> json.putObject("hardware", () -> writeHardware(of)));
    snapshot.hostCpu().ifPresent(this::writeCpu);
    writePcpus(snapshot);
    if (snapshot.hostCpu().isPresent()) { // else it is of one network element, and not all VMs are
      NeChange.of(allVms(snapshot), Window.LAST_INTERVAL).ifPresent(this::writeVms);
    }
  }

  /**
   * Writes its name and for what its CPUs were used.
   *
   * @param name what the host calls itself, if that is known
   */
  void writeBrief(Optional<String> name, Snapshot snapshot) {
    json.put("name", name);
    writePcpus(snapshot);
  }

  private void writePcpus(Snapshot snapshot) {
    if (!snapshot.pcpus().isEmpty()) {
      json.putObjects("pcpus", snapshot.pcpus(), this::writePcpu);
    }
  }

  private void writeHardware(Hardware hardware) {
    json.put("model", hardware.model());
    json.put("sockets", hardware.sockets());
    json.put("cores", hardware.cores());
    json.put("pcpus", hardware.pcpus());
    json.put("numaNodes", hardware.numaNodes());
    if (hardware.frequencyHz() > 0) {
      json.put("frequencyHz", hardware.frequencyHz());
    }
    json.put("memoryBytes", hardware.memoryBytes());
    json.put("availableBytes", hardware.availableBytes());
    if (hardware.load1() >= 0) {
      json.put("load1", hardware.load1());
    }
  }

  private static NeAccount allVms(Snapshot snapshot) {
    return new NeAccount(0, "", 0, snapshot.vms(), Optional.empty());
  }

  /** Of all vCPUs of the host together, in the last interval. */
  private void writeVms(NeChange all) {
    List<Line> known =
        Arrays.stream(Line.values()).filter(line -> all.share(line).isPresent()).toList();
    json.putObjects(
        "lines",
        known,
        line -> {
          json.put("name", line.name());
          json.put("label", line.label());
          json.putShare("share", all.share(line));
        });
  }

  private void writePcpu(PcpuShares pcpu) {
    json.put("number", pcpu.number());
    json.putShare("guest", pcpu.guest());
    json.putShare("overhead", pcpu.overhead());
    json.putShare("other", pcpu.other());
    json.putShare("idle", pcpu.idle());
  }

  private void writeCpu(CpuStat cpu) {
    json.put("contextSwitches", cpu.contextSwitches());
    json.put("interrupts", cpu.interrupts());
    json.putObject(
        "cpuTicks",
        () -> {
          json.put("user", cpu.user());
          json.put("nice", cpu.nice());
          json.put("system", cpu.system());
          json.put("idle", cpu.idle());
          json.put("iowait", cpu.iowait());
          json.put("irq", cpu.irq());
          json.put("softirq", cpu.softirq());
          json.put("steal", cpu.steal());
          json.put("guest", cpu.guest());
          json.put("guest-nice", cpu.guestNice());
        });
  }
}
