package org.vcpuacct.cli;

import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.vcpuacct.export.metrics.OtlpExporter;
import org.vcpuacct.export.metrics.OtlpSettings;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.Snapshot;

/** Sends figures by OTLP, if the configuration asks for it. */
final class OtlpPush implements AutoCloseable {

  private final Optional<OtlpExporter> exporter;

  private OtlpPush(Optional<OtlpExporter> exporter) {
    this.exporter = exporter;
  }

  /**
   * Starts to send.
   *
   * @param settings empty if nothing shall be sent
   * @param snapshots the newest snapshot, never null
   */
  static OtlpPush start(
      Optional<OtlpSettings> settings, HostRoot host, Supplier<Snapshot> snapshots) {
    return new OtlpPush(
        settings.map(
            to ->
                OtlpExporter.start(
                    to, VersionProvider.version(), WebServer.hostName(host), snapshots)));
  }

  /** Takes note of a step. */
  void publish(Snapshot snapshot) {
    exporter.ifPresent(to -> to.health().step(snapshot.agent()));
  }

  /**
   * Counts steps that are missing from the history.
   *
   * @param dropped how many are missing since the daemon began
   */
  void countDropped(LongSupplier dropped) {
    exporter.ifPresent(to -> to.health().countDropped(dropped));
  }

  @Override
  public void close() {
    exporter.ifPresent(OtlpExporter::close);
  }

  @Override
  public String toString() {
    return exporter.map(OtlpExporter::toString).orElse("no OTLP");
  }
}
