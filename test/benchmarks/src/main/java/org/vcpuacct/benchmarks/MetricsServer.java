package org.vcpuacct.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.export.http.HttpServer;
import org.vcpuacct.export.http.HttpServerException;
import org.vcpuacct.export.http.HttpSettings;
import org.vcpuacct.export.metrics.MetricsResource;
import org.vcpuacct.host.HardwareReader;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.Snapshot;

/**
 * The daemon's HTTP server with {@code /metrics} of a thousand vCPUs in tier exact, which no other
 * machine than a large KVM host has: each scrape finds a new step. Prints where it listens, and
 * ends with standard input.
 */
public final class MetricsServer {

  private MetricsServer() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException, HttpServerException {
    AtomicReference<Snapshot> newest = new AtomicReference<>(FullSnapshot.create());
    Path folder = Files.createTempDirectory("metrics-server");
    HttpSettings settings =
        new HttpSettings(
            Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            folder.resolve("http.sock"),
            Optional.empty());
    try (MetricsResource metrics =
            new MetricsResource(
                "benchmark",
                () -> newest.updateAndGet(FullSnapshot::later),
                () -> AlarmList.empty(0),
                HardwareReader.of(new HostRoot(Path.of("/"))));
        HttpServer server = HttpServer.start(settings, List.of(metrics))) {
      System.out.println(server);
      while (System.in.read() >= 0) {
        // waits for the end
      }
    }
    Files.delete(folder);
  }
}
