package org.vcpuacct.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.export.api.HistoryResource;
import org.vcpuacct.export.api.SnapshotResource;
import org.vcpuacct.export.api.SnapshotWriter;
import org.vcpuacct.export.api.WhyResource;
import org.vcpuacct.export.http.HttpServer;
import org.vcpuacct.export.http.HttpSettings;
import org.vcpuacct.export.http.Resource;
import org.vcpuacct.export.http.Turns;
import org.vcpuacct.export.metrics.MetricsResource;
import org.vcpuacct.export.page.PageFiles;
import org.vcpuacct.history.History;
import org.vcpuacct.history.HistoryFolder;
import org.vcpuacct.host.Hardware;
import org.vcpuacct.host.HardwareReader;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.Snapshot;

/** The HTTP server with all that it serves, if the configuration asks for one. */
final class WebServer implements Closeable {

  private static final String UNSET = "(none)";

  private final Reopenable<HttpSettings, HttpServer> server;
  private final Path stateDir;
  private final HostRoot host;
  private final Supplier<Snapshot> snapshots;
  private final Supplier<AlarmList> alarms;
  private final Supplier<Optional<Hardware>> hardware;

  /** Made when first served: what it counts goes on when the server listens elsewhere. */
  private volatile Optional<MetricsResource> metrics = Optional.empty();

  /**
   * One that does not serve yet.
   *
   * @param stateDir where the history is
   * @param snapshots the newest snapshot, never null
   * @param alarms the newest list of alarms, never null
   */
  WebServer(
      Path stateDir, HostRoot host, Supplier<Snapshot> snapshots, Supplier<AlarmList> alarms) {
    this.stateDir = stateDir;
    this.host = host;
    this.snapshots = snapshots;
    this.alarms = alarms;
    this.hardware = HardwareReader.of(host);
    this.server = new Reopenable<>(settings -> HttpServer.start(settings, resources()));
  }

  /**
   * Serves as the settings say from now on.
   *
   * @param settings empty if nothing shall be served
   * @throws IOException if it cannot listen where it shall
   */
  void use(Optional<HttpSettings> settings) throws IOException {
    if (settings.isPresent() && metrics.isEmpty()) {
      metrics =
          Optional.of(new MetricsResource(VersionProvider.version(), snapshots, alarms, hardware));
    }
    server.use(settings);
  }

  /**
   * Takes note of a step.
   *
   * @param dropped steps that are missing from the history; empty if none is kept
   */
  void publish(Snapshot snapshot, OptionalLong dropped) {
    metrics.ifPresent(served -> served.health().step(snapshot.agent(), dropped));
  }

  /** All that is served; to add something, add it here. */
  private List<Resource> resources() {
    String version = VersionProvider.version();
    History history = HistoryFolder.in(stateDir);
    InstantSource clock = InstantSource.system();
    ZoneId zone = ZoneId.systemDefault();
    List<Resource> resources = new ArrayList<>(PageFiles.all());
    resources.add(
        new SnapshotResource(
            snapshots, alarms, new SnapshotWriter(version, hostName(host), hardware)));
    Turns ofThePast = new Turns();
    resources.add(ofThePast.of(new HistoryResource(history, alarms, clock, zone)));
    resources.add(ofThePast.of(new WhyResource(history, snapshots, host, clock, zone)));
    metrics.ifPresent(resources::add);
    return resources;
  }

  /** What the kernel says (proc_sys_kernel(5)); empty if it cannot be read or was never set. */
  static Optional<String> hostName(HostRoot host) {
    Path file = host.proc().resolve("sys/kernel/hostname");
    try {
      return Optional.of(Files.readString(file).strip()).filter(name -> !name.equals(UNSET));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    metrics.ifPresent(MetricsResource::close);
  }

  @Override
  public String toString() {
    return server.get().map(HttpServer::toString).orElse("no HTTP");
  }
}
