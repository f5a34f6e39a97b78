package org.vcpuacct.export.api;

import java.util.Optional;
import org.vcpuacct.host.CpuStat;
import org.vcpuacct.json.JsonWriter;
import org.vcpuacct.ledger.PcpuShares;
import org.vcpuacct.ledger.Snapshot;

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
   */
  void write(Optional<String> name, Snapshot snapshot) {
    json.put("name", name);
    snapshot.hostCpu().ifPresent(this::writeCpu);
    if (!snapshot.pcpus().isEmpty()) {
      json.putObjects("pcpus", snapshot.pcpus(), this::writePcpu);
    }
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
