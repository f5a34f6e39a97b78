package org.vcpuacct.export.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.vcpuacct.host.CpuStat;
import org.vcpuacct.ledger.PcpuShares;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Tier;

/** The families of the host, and of the daemon as a snapshot tells of it. */
final class HostMetrics {

  private static final Family BUILD = Family.info("vcpuacct_build", "Version of the daemon.");
  private static final Family TAKEN =
      Family.gauge(
          "vcpuacct_snapshot_timestamp_seconds",
          "When all these figures were taken, as seconds since 1970.");
  private static final Family TIER =
      Family.gauge(
          "vcpuacct_host_tier", "How well this host can be measured: 1 for the tier that holds.");
  private static final Family LIMITS =
      Family.gauge("vcpuacct_host_limits", "Things that the daemon cannot read on this host.");
  private static final Family CPUS =
      Family.gauge("vcpuacct_host_cpus", "CPUs of the host that are online.");
  private static final Family CPU =
      Family.counter("vcpuacct_host_cpu_seconds", "CPU time of the whole host since it booted.");
  private static final Family CPU_OF_GUESTS =
      Family.counter(
          "vcpuacct_host_cpu_guest_seconds",
          "CPU time of the whole host in guests, part of its modes user and nice.");

  private static final Family PCPU_TIME =
      Family.gauge(
          "vcpuacct_host_pcpu_time_ratio",
          "What each CPU of the host was used for in the last interval. The uses sum to 1.");

  private static final Map<Tier, Labels> TIERS = LabelSets.of(Tier.class, "tier", Tier::label);

  private static final Map<String, ToLongFunction<CpuStat>> MODES = new LinkedHashMap<>();

  static {
    MODES.put("user", CpuStat::user);
    MODES.put("nice", CpuStat::nice);
    MODES.put("system", CpuStat::system);
    MODES.put("idle", CpuStat::idle);
    MODES.put("iowait", CpuStat::iowait);
    MODES.put("irq", CpuStat::irq);
    MODES.put("softirq", CpuStat::softirq);
    MODES.put("steal", CpuStat::steal);
  }

  /** Decimal digits of a second that make clock ticks, of which there are 100 a second. */
  private static final int TICK_DIGITS = 2;

  private static final int MS_DIGITS = 3;

  private HostMetrics() {}

  static void write(Exposition out, Snapshot snapshot, String version) {
    out.family(BUILD);
    out.integer(Labels.of("version", version), Labels.NONE, 1);
    out.family(TAKEN);
    out.decimal(Labels.NONE, Labels.NONE, snapshot.takenEpochMillis(), MS_DIGITS);
    out.family(TIER);
    TIERS.forEach(
        (tier, label) -> out.integer(Labels.NONE, label, tier == snapshot.tier() ? 1 : 0));
    out.family(LIMITS);
    out.integer(Labels.NONE, Labels.NONE, snapshot.limits().size());
    snapshot.hostCpu().ifPresent(cpu -> cpu(out, cpu));
    out.family(PCPU_TIME);
    snapshot.pcpus().forEach(pcpu -> uses(out, pcpu));
  }

  private static void uses(Exposition out, PcpuShares pcpu) {
    Labels labels = Labels.of("pcpu", Integer.toString(pcpu.number()));
    out.ratio(labels, Labels.of("use", "guest"), pcpu.guest());
    out.ratio(labels, Labels.of("use", "overhead"), pcpu.overhead());
    out.ratio(labels, Labels.of("use", "other"), pcpu.other());
    out.ratio(labels, Labels.of("use", "idle"), pcpu.idle());
  }

  private static void cpu(Exposition out, CpuStat cpu) {
    out.family(CPUS);
    out.integer(Labels.NONE, Labels.NONE, cpu.pcpus().size());
    out.family(CPU);
    MODES.forEach((mode, ticks) -> ticks(out, mode, ticks.applyAsLong(cpu)));
    out.family(CPU_OF_GUESTS);
    ticks(out, "user", cpu.guest());
    ticks(out, "nice", cpu.guestNice());
  }

  private static void ticks(Exposition out, String mode, long ticks) {
    out.decimal(Labels.NONE, Labels.of("mode", mode), ticks, TICK_DIGITS);
  }
}
