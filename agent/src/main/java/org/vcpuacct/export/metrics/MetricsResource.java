package org.vcpuacct.export.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.export.http.Answer;
import org.vcpuacct.export.http.FastGzip;
import org.vcpuacct.export.http.Query;
import org.vcpuacct.export.http.Resource;
import org.vcpuacct.host.Hardware;
import org.vcpuacct.ledger.Snapshot;

/**
 * {@code /metrics}: the newest snapshot, and behind it how the daemon does, in the format that the
 * client likes best.
 */
public final class MetricsResource implements Resource, AutoCloseable {

  private static final int BUFFER_OCTETS = 64 * 1024;

  /**
   * What was answered last.
   *
   * @param takenNs of the snapshot
   */
  private record Text(long takenNs, Answer answer) {}

  private final String version;
  private final Supplier<Snapshot> snapshots;
  private final Supplier<AlarmList> alarms;
  private final Supplier<Optional<Hardware>> hardware;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AgentHealth health = new AgentHealth(registry);
  private final Map<TextFormat, Text> texts = new EnumMap<>(TextFormat.class);

  /**
   * A resource.
   *
   * @param version of the daemon
   * @param snapshots the newest snapshot, never null
   * @param alarms the newest list of alarms, never null
   * @param hardware what the host is made of, if that is known
   */
  public MetricsResource(
      String version,
      Supplier<Snapshot> snapshots,
      Supplier<AlarmList> alarms,
      Supplier<Optional<Hardware>> hardware) {
    this.version = version;
    this.snapshots = snapshots;
    this.alarms = alarms;
    this.hardware = hardware;
  }

  /** What is told how the daemon does. */
  public AgentHealth health() {
    return health;
  }

  @Override
  public String path() {
    return "/metrics";
  }

  /** One text a step and format: however many ask for it, and however often. */
  @Override
  public synchronized Answer answer(Query query) {
    TextFormat format = TextFormat.preferred(query.accept());
    Snapshot snapshot = snapshots.get();
    Text last = texts.get(format);
    if (last == null || last.takenNs() != snapshot.takenNs()) {
      last = new Text(snapshot.takenNs(), compress(format, snapshot));
      texts.put(format, last);
    }
    return last.answer();
  }

  private Answer compress(TextFormat format, Snapshot snapshot) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(BUFFER_OCTETS);
    long length;
    try (OutputStream gzip = new FastGzip(compressed)) {
      length = write(format, snapshot, gzip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Answer.ofCompressed(
        format.mediaType(), compressed.toByteArray(), Math.toIntExact(length));
  }

  /** Writes the text, and tells its length. */
  long write(TextFormat format, Snapshot snapshot, OutputStream stream) throws IOException {
    Exposition out = new Exposition(format, stream);
    SnapshotMetrics.write(out, snapshot, alarms.get(), version);
    hardware.get().ifPresent(of -> HardwareMetrics.write(out, of));
    out.append(healthText(format));
    out.flush();
    return out.length();
  }

  /** Ends with the line that ends a text of the format. */
  private byte[] healthText(TextFormat format) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    registry.scrape(text, format.mediaType());
    return text.toByteArray();
  }

  @Override
  public void close() {
    health.close();
    registry.close();
  }
}
