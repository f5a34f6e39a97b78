package org.vcpuacct.export.api;

import java.util.Optional;
import java.util.UUID;
import org.vcpuacct.json.JsonWriter;
import org.vcpuacct.ledger.KvmStat;
import org.vcpuacct.ledger.ThreadAccount;
import org.vcpuacct.ledger.ThreadKindAccount;
import org.vcpuacct.ledger.ThreadTimes;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.VmThreads;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.ne.GuestComparison;

/** Writes one VM with its vCPUs and its other threads. */
final class VmWriter {

  private final JsonWriter json;
  private final GuestWriter guests;

  VmWriter(JsonWriter json) {
    this.json = json;
    this.guests = new GuestWriter(json);
  }

  /** Writes the members of its object. */
  void write(VmAccount account) {
    json.put("index", account.index());
    json.put("name", account.vm().name());
    json.put("uuid", account.vm().uuid().map(UUID::toString));
    json.put("vmm", Labels.of(account.vm().vmm()));
    json.put("pid", account.vm().pid());
    json.put("sinceNs", account.sinceNs());
    json.putNumbers("vcpusWithoutThread", account.vm().vcpusWithoutThread());
    json.putObject("kvmStats", () -> writeKvmStats(account));
    GuestComparison.of(account).ifPresent(guests::writeComparison);
    account.guest().ifPresent(guest -> guests.writeReport(guest.report()));
    json.putObject("threads", () -> writeThreads(account.threads()));
    json.putObjects("vcpus", account.vcpus(), vcpu -> writeVcpu(account, vcpu));
  }

  private void writeKvmStats(VmAccount account) {
    for (KvmStat stat : KvmStat.values()) {
      json.put(stat.kernelName(), account.kvmStat(stat));
    }
  }

  private void writeThreads(VmThreads threads) {
    json.putObjects("kinds", threads.kinds(), this::writeKind);
    json.putObjects("running", threads.running(), this::writeThread);
  }

  private void writeKind(ThreadKindAccount kind) {
    json.put("kind", kind.kind().label());
    writeTimes(kind.times(), kind.change(Window.LAST_INTERVAL));
  }

  private void writeThread(ThreadAccount thread) {
    json.put("threadId", thread.threadId());
    json.put("name", thread.name());
    json.put("kind", thread.kind().label());
    json.put("sinceNs", thread.sinceNs());
    writeTimes(thread.times(), thread.change(Window.LAST_INTERVAL));
  }

  private void writeTimes(ThreadTimes times, Optional<ThreadTimes> recent) {
    json.put("cpuNs", times.cpuNs());
    json.put("waitNs", times.waitNs());
    recent.ifPresent(change -> json.putShare("cpuShare", change.cpuShare()));
  }

  private void writeVcpu(VmAccount account, VcpuAccount vcpu) {
    new VcpuWriter(json, vcpu).write();
    GuestComparison.of(account, vcpu.vcpu().id()).ifPresent(guests::writeComparison);
  }
}
