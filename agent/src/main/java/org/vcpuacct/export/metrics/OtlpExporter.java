package org.vcpuacct.export.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.ledger.Snapshot;

/**
 * Sends the ratios of network elements, and how the daemon does, to a collector: OTLP over HTTP, at
 * an interval, on a thread of its own. One that does not answer is logged and tried again at the
 * next interval.
 */
public final class OtlpExporter implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(OtlpExporter.class);

  private static final double HUNDREDTHS_OF_PERCENT = 10_000;

  private final OtlpSettings settings;
  private final Registry registry;
  private final AgentHealth health;
  private final Supplier<Snapshot> snapshots;
  private final Map<Family, MultiGauge> gauges = new LinkedHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "otlp");
            thread.setDaemon(true);
            return thread;
          });

  private final ScheduledFuture<?> sending;

  /** Sends when it is told to, once its gauges are up to date. */
  private static final class Registry extends OtlpMeterRegistry {

    Registry(OtlpConfig config) {
      super(config, Clock.SYSTEM);
    }

    void send() {
      publish();
    }
  }

  private OtlpExporter(OtlpSettings settings, Registry registry, Supplier<Snapshot> snapshots) {
    this.settings = settings;
    this.registry = registry;
    this.health = new AgentHealth(registry);
    this.snapshots = snapshots;
    for (NeMetrics.Ratio ratio : NeMetrics.RATIOS) {
      gauges.computeIfAbsent(ratio.family(), this::gauge);
    }
    long intervalMs = settings.interval().toMillis();
    this.sending =
        timer.scheduleWithFixedDelay(this::send, intervalMs, intervalMs, TimeUnit.MILLISECONDS);
  }

  private MultiGauge gauge(Family family) {
    return MultiGauge.builder(family.name().replace('_', '.'))
        .description(family.help())
        .baseUnit("1")
        .register(registry);
  }

  /**
   * Starts to send.
   *
   * @param version of the daemon
   * @param hostName tells the hosts of a fleet apart; empty if it is not known
   * @param snapshots the newest snapshot, never null
   */
  public static OtlpExporter start(
      OtlpSettings settings,
      String version,
      Optional<String> hostName,
      Supplier<Snapshot> snapshots) {
    Registry registry = new Registry(config(settings, version, hostName));
    return new OtlpExporter(settings, registry, snapshots);
  }

  private static OtlpConfig config(
      OtlpSettings settings, String version, Optional<String> hostName) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("service.name", "vcpuacct");
    attributes.put("service.version", version);
    hostName.ifPresent(name -> attributes.put("host.name", name));
    return new OtlpConfig() {
      @Override
      public String get(String key) {
        return null; // nothing but what stands below
      }

      @Override
      public String url() {
        return settings.url().toString();
      }

      @Override
      public Duration step() {
        return settings.interval();
      }

      @Override
      public Map<String, String> resourceAttributes() {
        return attributes;
      }

      @Override
      public boolean enabled() {
        return false; // the exporter has a timer of its own, as gauges are made up to date first
      }
    };
  }

  /** What is told how the daemon does. */
  public AgentHealth health() {
    return health;
  }

  /** What is thrown here would end the sending for good. */
  private void send() {
    try {
      update();
      registry.send();
    } catch (RuntimeException e) {
      LOG.warn("nothing is sent to {} this time: {}", settings.url().getHost(), e.toString());
    }
  }

  private void update() {
    List<NeMetrics.Figures> nes = NeMetrics.figures(Accounts.of(snapshots.get()));
    Map<Family, List<Row<?>>> rows = new LinkedHashMap<>();
    gauges.keySet().forEach(family -> rows.put(family, new ArrayList<>()));
    for (NeMetrics.Ratio ratio : NeMetrics.RATIOS) {
      for (NeMetrics.Figures ne : nes) {
        ratio
            .share()
            .apply(ne)
            .ifPresent(share -> rows.get(ratio.family()).add(row(ratio, ne, share)));
      }
    }
    gauges.forEach((family, gauge) -> gauge.register(rows.get(family), true));
  }

  private static Row<?> row(NeMetrics.Ratio ratio, NeMetrics.Figures ne, int share) {
    Tags tags = Tags.of("ne", ne.ne().name());
    return Row.of(
        ratio.rollUp().map(of -> tags.and("rollup", LabelSets.lowerCase(of))).orElse(tags),
        share / HUNDREDTHS_OF_PERCENT);
  }

  @Override
  public void close() {
    sending.cancel(true);
    timer.shutdownNow();
    health.close();
    registry.close();
  }

  @Override
  public String toString() {
    return "OTLP to " + settings.url().getHost();
  }
}
