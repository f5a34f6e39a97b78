package org.vcpuacct.export.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.vcpuacct.ledger.AgentStats;

/**
 * How the daemon itself does: each step of the sampler, where a snapshot knows only the last one,
 * and its JVM.
 */
public final class AgentHealth implements AutoCloseable {

  private static final Duration[] LATENESS_BOUNDS = {
    Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(1)
  };
  private static final double NS_PER_SECOND = 1e9;

  private final MeterRegistry registry;
  private final Timer lateness;
  private final Timer step;
  private final Timer scan;
  private final JvmGcMetrics collector = new JvmGcMetrics();
  private final AtomicLong dropped = new AtomicLong();
  private Optional<FunctionCounter> droppedSteps = Optional.empty();

  /** Keeps its figures in a registry. */
  public AgentHealth(MeterRegistry registry) {
    this.registry = registry;
    lateness =
        Timer.builder("vcpuacct.agent.step.lateness")
            .description("How long after its due time a step of the sampler began.")
            .serviceLevelObjectives(LATENESS_BOUNDS)
            .register(registry);
    step =
        Timer.builder("vcpuacct.agent.step.duration")
            .description("Wall time that a step of the sampler took.")
            .register(registry);
    scan =
        Timer.builder("vcpuacct.agent.scan.duration")
            .description("What finding VMs took of a step.")
            .register(registry);
    collector.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    bindCpuTime(registry);
  }

  private static void bindCpuTime(MeterRegistry registry) {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    FunctionCounter.builder(
            "process.cpu", process, bean -> bean.getProcessCpuTime() / NS_PER_SECOND)
        .description("CPU time of the daemon.")
        .baseUnit("seconds")
        .register(registry);
  }

  /**
   * Takes note of a step.
   *
   * @param missing steps that are missing from the history since the daemon began; empty if none is
   *     kept: then there is no such figure
   */
  public void step(AgentStats stats, OptionalLong missing) {
    countDropped(missing);
    lateness.record(Duration.ofNanos(stats.latenessNs()));
    step.record(Duration.ofNanos(stats.stepNs()));
    scan.record(Duration.ofNanos(stats.scanNs()));
  }

  private void countDropped(OptionalLong missing) {
    missing.ifPresent(dropped::set);
    if (missing.isPresent() && droppedSteps.isEmpty()) {
      droppedSteps =
          Optional.of(
              FunctionCounter.builder(
                      "vcpuacct.agent.history.dropped.steps", dropped, AtomicLong::get)
                  .description(
                      "Steps missing from the history, as the disk was too slow or failed.")
                  .register(registry));
    } else if (missing.isEmpty() && droppedSteps.isPresent()) {
      registry.remove(droppedSteps.get());
      droppedSteps = Optional.empty();
    }
  }

  @Override
  public void close() {
    collector.close();
  }
}
