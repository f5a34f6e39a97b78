package org.vcpuacct.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.config.Config;
import org.vcpuacct.export.api.HistoryResource;
import org.vcpuacct.export.api.SnapshotResource;
import org.vcpuacct.export.api.SnapshotWriter;
import org.vcpuacct.export.api.WhyResource;
import org.vcpuacct.export.http.HttpServer;
import org.vcpuacct.export.http.HttpServerException;
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
final class WebServer implements AutoCloseable {

  /** A server that runs, and that part of what it serves which has to be told of each step. */
  private record Running(HttpServer server, MetricsResource metrics) {}

  private static final String UNSET = "(none)";

  private final Optional<Running> running;

  private WebServer(Optional<Running> running) {
    this.running = running;
  }

  /**
   * Starts it.
   *
   * @param config whose section may ask for none
   * @param snapshots the newest snapshot, never null
   * @param alarms the newest list of alarms, never null
   * @throws HttpServerException if it cannot listen where it shall
   */
  static WebServer start(
      Config config, HostRoot host, Supplier<Snapshot> snapshots, Supplier<AlarmList> alarms)
      throws HttpServerException {
    Optional<HttpSettings> settings = config.http();
    if (settings.isEmpty()) {
      return new WebServer(Optional.empty());
    }
    Supplier<Optional<Hardware>> hardware = HardwareReader.of(host);
    MetricsResource metrics =
        new MetricsResource(VersionProvider.version(), snapshots, alarms, hardware);
    List<Resource> resources = resources(config, host, snapshots, alarms, hardware);
    resources.add(metrics);
    HttpServer server = HttpServer.start(settings.get(), resources);
    return new WebServer(Optional.of(new Running(server, metrics)));
  }

  /** Takes note of a step. */
  void publish(Snapshot snapshot) {
    running.ifPresent(web -> web.metrics().health().step(snapshot.agent()));
  }

  /**
   * Counts steps that are missing from the history.
   *
   * @param dropped how many are missing since the daemon began
   */
  void countDropped(LongSupplier dropped) {
    running.ifPresent(web -> web.metrics().health().countDropped(dropped));
  }

  /** All that is served; to add something, add it here. */
  private static List<Resource> resources(
      Config config,
      HostRoot host,
      Supplier<Snapshot> snapshots,
      Supplier<AlarmList> alarms,
      Supplier<Optional<Hardware>> hardware) {
    String version = VersionProvider.version();
    History history = HistoryFolder.in(config.agent().stateDir());
    InstantSource clock = InstantSource.system();
    ZoneId zone = ZoneId.systemDefault();
    List<Resource> resources = new ArrayList<>(PageFiles.all());
    resources.add(
        new SnapshotResource(
            snapshots, alarms, new SnapshotWriter(version, hostName(host), hardware)));
    Turns ofThePast = new Turns();
    resources.add(ofThePast.of(new HistoryResource(history, alarms, clock, zone)));
    resources.add(ofThePast.of(new WhyResource(history, snapshots, host, clock, zone)));
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
  public void close() {
    running.ifPresent(
        web -> {
          web.server().close();
          web.metrics().close();
        });
  }

  @Override
  public String toString() {
    return running.map(web -> web.server().toString()).orElse("no HTTP");
  }
}
