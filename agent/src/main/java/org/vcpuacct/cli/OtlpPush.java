package org.vcpuacct.cli;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.vcpuacct.export.metrics.OtlpExporter;
import org.vcpuacct.export.metrics.OtlpSettings;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.Snapshot;

/** Sends figures by OTLP, if the configuration asks for it. */
final class OtlpPush implements Closeable {

  private final Reopenable<OtlpSettings, OtlpExporter> exporter;

  /**
   * One that does not send yet.
   *
   * @param snapshots the newest snapshot, never null
   */
  OtlpPush(HostRoot host, Supplier<Snapshot> snapshots) {
    this.exporter =
        new Reopenable<>(
            settings ->
                OtlpExporter.start(
                    settings, VersionProvider.version(), WebServer.hostName(host), snapshots));
  }

  /** Sends as the settings say from now on; empty if nothing shall be sent. */
  void use(Optional<OtlpSettings> settings) throws IOException {
    exporter.use(settings);
  }

  /**
   * Takes note of a step.
   *
   * @param dropped steps that are missing from the history; empty if none is kept
   */
  void publish(Snapshot snapshot, OptionalLong dropped) {
    exporter.get().ifPresent(to -> to.health().step(snapshot.agent(), dropped));
  }

  @Override
  public void close() throws IOException {
    exporter.close();
  }

  @Override
  public String toString() {
    return exporter.get().map(OtlpExporter::toString).orElse("no OTLP");
  }
}
