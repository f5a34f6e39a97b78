package org.vcpuacct.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.export.api.SnapshotResource;
import org.vcpuacct.export.api.SnapshotWriter;
import org.vcpuacct.export.http.HttpServer;
import org.vcpuacct.export.http.HttpServerException;
import org.vcpuacct.export.http.HttpSettings;

/**
 * The daemon's HTTP server with {@code /api/v1/snapshot} of many vCPUs in tier exact, which no
 * other machine than a large KVM host has: each answer is of a new step. Ends with standard input.
 *
 * <p>Arguments: how many vCPUs, and the socket.
 */
public final class SnapshotServer {

  private SnapshotServer() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException, HttpServerException {
    GrowingSnapshot snapshot = new GrowingSnapshot(Integer.parseInt(arguments[0]));
    SnapshotResource resource =
        new SnapshotResource(
            snapshot::next,
            () -> AlarmList.empty(0),
            new SnapshotWriter("benchmark", Optional.empty(), Optional::empty));
    HttpSettings settings =
        new HttpSettings(Optional.empty(), Path.of(arguments[1]), Optional.empty());
    try (HttpServer server = HttpServer.start(settings, List.of(resource))) {
      System.out.println(server);
      while (System.in.read() >= 0) {
        // waits for the end
      }
    }
  }
}
