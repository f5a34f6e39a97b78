package org.vcpuacct.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.export.api.SnapshotResource;
import org.vcpuacct.export.api.SnapshotWriter;
import org.vcpuacct.export.http.HttpServer;
import org.vcpuacct.export.http.HttpServerException;
import org.vcpuacct.export.http.HttpSettings;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.Snapshot;

/** The HTTP server with all that it serves, if the configuration asks for one. */
final class WebServer implements AutoCloseable {

  private final Optional<HttpServer> server;

  private WebServer(Optional<HttpServer> server) {
    this.server = server;
  }

  /**
   * Starts it.
   *
   * @param settings empty if there shall be none
   * @param snapshots the newest snapshot, never null
   * @param alarms the newest list of alarms, never null
   * @throws HttpServerException if it cannot listen where it shall
   */
  static WebServer start(
      Optional<HttpSettings> settings,
      HostRoot host,
      Supplier<Snapshot> snapshots,
      Supplier<AlarmList> alarms)
      throws HttpServerException {
    if (settings.isEmpty()) {
      return new WebServer(Optional.empty());
    }
    SnapshotWriter writer = new SnapshotWriter(VersionProvider.version(), hostName(host));
    return new WebServer(
        Optional.of(
            HttpServer.start(
                settings.get(), List.of(new SnapshotResource(snapshots, alarms, writer)))));
  }

  /** What the kernel says (proc_sys_kernel(5)); empty if it cannot be read. */
  private static Optional<String> hostName(HostRoot host) {
    Path file = host.proc().resolve("sys/kernel/hostname");
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    server.ifPresent(HttpServer::close);
  }

  @Override
  public String toString() {
    return server.map(HttpServer::toString).orElse("no HTTP");
  }
}
