package org.vcpuacct.export.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.export.http.Answer;
import org.vcpuacct.export.http.Query;
import org.vcpuacct.export.http.Resource;
import org.vcpuacct.ledger.Snapshot;

/**
 * {@code /metrics}: the newest snapshot, and behind it how the daemon does, in the format that the
 * client likes best.
 */
public final class MetricsResource implements Resource, AutoCloseable {

  private static final int SHORTEST = 64 * 1024;

  private final String version;
  private final Supplier<Snapshot> snapshots;
  private final Supplier<AlarmList> alarms;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AgentHealth health = new AgentHealth(registry);
  private volatile int lastLength = SHORTEST;

  /**
   * A resource.
   *
   * @param version of the daemon
   * @param snapshots the newest snapshot, never null
   * @param alarms the newest list of alarms, never null
   */
  public MetricsResource(String version, Supplier<Snapshot> snapshots, Supplier<AlarmList> alarms) {
    this.version = version;
    this.snapshots = snapshots;
    this.alarms = alarms;
  }

  /** What is told how the daemon does. */
  public AgentHealth health() {
    return health;
  }

  @Override
  public String path() {
    return "/metrics";
  }

  @Override
  public Answer answer(Query query) {
    TextFormat format = TextFormat.preferred(query.accept());
    byte[] text = text(format);
    return Answer.of(format.mediaType(), text);
  }

  /** One scrape is about as long as the one before: the text need not grow while it is written. */
  private byte[] text(TextFormat format) {
    Exposition out = new Exposition(format, lastLength + lastLength / 16);
    SnapshotMetrics.write(out, snapshots.get(), alarms.get(), version);
    out.append(healthText(format));
    byte[] text = out.toByteArray();
    lastLength = Math.max(SHORTEST, text.length);
    return text;
  }

  /** Ends with the line that ends a text of the format. */
  private byte[] healthText(TextFormat format) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      registry.scrape(text, format.mediaType());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toByteArray();
  }

  @Override
  public void close() {
    health.close();
    registry.close();
  }
}
