package org.vcpuacct.export.metrics;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.ExitTimes;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Scheduling;
import org.vcpuacct.ledger.Tier;

/** The families of vCPUs. */
final class VcpuMetrics {

  private static final Family LINE =
      Family.counter(
          "vcpuacct_vcpu_line_seconds",
          "Wall time of a vCPU by line of its ledger. The lines sum to wall time.");
  private static final Family WALL =
      Family.counter("vcpuacct_vcpu_wall_seconds", "Wall time since a vCPU is measured.");
  private static final Family EXITS =
      Family.counter("vcpuacct_vcpu_exits", "Exits of a vCPU from guest mode.");
  private static final Family CLASS_EXITS =
      Family.counter(
          "vcpuacct_vcpu_class_exits", "Exits of a vCPU by class, as far as classes can be told.");
  private static final Family EXIT_TIME =
      Family.counter(
          "vcpuacct_vcpu_exit_seconds", "Time on CPU in which the host handled exits, by class.");
  private static final Family LATENCY =
      Family.histogram(
          "vcpuacct_vcpu_scheduling_latency_seconds",
          "How long the thread of a vCPU was woken and not yet running.");
  private static final Family PCPU_MIGRATIONS =
      Family.counter(
          "vcpuacct_vcpu_pcpu_migrations", "How often a vCPU went on on another host CPU.");
  private static final Family NODE_MIGRATIONS =
      Family.counter(
          "vcpuacct_vcpu_node_migrations", "How often a vCPU went on on another NUMA node.");
  private static final Family TIER =
      Family.info("vcpuacct_vcpu", "How the figures of a vCPU are measured.");

  private static final Map<Line, Labels> LINES =
      LabelSets.of(
          Line.class,
          line ->
              Labels.of("line", line.label()).and("rollup", LabelSets.lowerCase(line.rollUp())));
  private static final Map<ExitClass, Labels> CLASSES =
      LabelSets.of(ExitClass.class, "class", ExitClass::label);
  private static final Map<Tier, Labels> TIERS = LabelSets.of(Tier.class, "tier", Tier::label);

  private final Exposition out;
  private final List<Accounts.Vcpu> vcpus;

  private VcpuMetrics(Exposition out, List<Accounts.Vcpu> vcpus) {
    this.out = out;
    this.vcpus = vcpus;
  }

  static void write(Exposition out, Accounts accounts) {
    VcpuMetrics metrics = new VcpuMetrics(out, accounts.vcpus());
    metrics.tiers();
    metrics.lines();
    metrics.wallTimes();
    metrics.exits();
    metrics.classExits();
    metrics.exitTimes();
    metrics.latencies();
    metrics.migrations(PCPU_MIGRATIONS, Scheduling::pcpuMigrations);
    metrics.migrations(NODE_MIGRATIONS, Scheduling::nodeMigrations);
  }

  private void tiers() {
    out.family(TIER);
    for (Accounts.Vcpu vcpu : vcpus) {
      out.integer(vcpu.labels(), TIERS.get(vcpu.account().tier()), 1);
    }
  }

  private void lines() {
    out.family(LINE);
    for (Accounts.Vcpu vcpu : vcpus) {
      for (Map.Entry<Line, Labels> line : LINES.entrySet()) {
        vcpu.account()
            .reading()
            .lines()
            .ns(line.getKey())
            .ifPresent(ns -> out.seconds(vcpu.labels(), line.getValue(), ns));
      }
    }
  }

  private void wallTimes() {
    out.family(WALL);
    for (Accounts.Vcpu vcpu : vcpus) {
      out.seconds(vcpu.labels(), Labels.NONE, vcpu.account().reading().wallNs());
    }
  }

  private void exits() {
    out.family(EXITS);
    for (Accounts.Vcpu vcpu : vcpus) {
      vcpu.account()
          .reading()
          .exits()
          .ifPresent(exits -> out.integer(vcpu.labels(), Labels.NONE, exits.total()));
    }
  }

  private void classExits() {
    out.family(CLASS_EXITS);
    for (Accounts.Vcpu vcpu : vcpus) {
      vcpu.account().reading().exits().ifPresent(exits -> classExits(vcpu.labels(), exits));
    }
  }

  private void classExits(Labels vcpu, ExitCounts exits) {
    CLASSES.forEach(
        (exitClass, label) -> {
          if (hasExits(exits, exitClass)) {
            out.integer(vcpu, label, exits.of(exitClass).getAsLong());
          }
        });
  }

  private void exitTimes() {
    out.family(EXIT_TIME);
    for (Accounts.Vcpu vcpu : vcpus) {
      vcpu.account().reading().detail().ifPresent(detail -> exitTimes(vcpu, detail.exitTimes()));
    }
  }

  private void exitTimes(Accounts.Vcpu vcpu, ExitTimes times) {
    ExitCounts exits = vcpu.account().reading().exits().orElseThrow();
    CLASSES.forEach(
        (exitClass, label) -> {
          if (hasExits(exits, exitClass)) {
            out.seconds(vcpu.labels(), label, times.ns(exitClass));
          }
        });
  }

  /** Most classes never occur in a guest: their series begin with their first exit. */
  private static boolean hasExits(ExitCounts exits, ExitClass exitClass) {
    return exits.of(exitClass).orElse(0) > 0;
  }

  private void latencies() {
    out.family(LATENCY);
    for (Accounts.Vcpu vcpu : vcpus) {
      Reading reading = vcpu.account().reading();
      reading
          .detail()
          .ifPresent(
              detail ->
                  out.histogram(
                      vcpu.labels(),
                      Labels.NONE,
                      detail.scheduling().latency(),
                      reading.lines().ns(Line.WAIT_WOKEN).orElseThrow()));
    }
  }

  private void migrations(Family family, ToLongFunction<Scheduling> count) {
    out.family(family);
    for (Accounts.Vcpu vcpu : vcpus) {
      vcpu.account()
          .reading()
          .detail()
          .ifPresent(
              detail ->
                  out.integer(vcpu.labels(), Labels.NONE, count.applyAsLong(detail.scheduling())));
    }
  }
}
