package org.vcpuacct.kernel;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Tracepoint ids of the running kernel, also where tracefs is not mounted. */
final class Tracefs {

  private static final List<Path> MOUNT_POINTS =
      List.of(Path.of("/sys/kernel/tracing"), Path.of("/sys/kernel/debug/tracing"));

  // Mounted for the length of one command and seen by it alone.
  private static final String READ_FROM_PRIVATE_MOUNT =
      "mount -t tracefs none \"$1\" && cat \"$1/events/$2/id\"";

  private Tracefs() {}

  /**
   * The id of a tracepoint; ends the test as not applicable if there is no way to it.
   *
   * @param event for example {@code sched/sched_switch}
   */
  static long tracepointId(String event) throws IOException, InterruptedException {
    for (Path mountPoint : MOUNT_POINTS) {
      Path id = mountPoint.resolve("events").resolve(event).resolve("id");
      if (Files.isReadable(id)) {
        return Long.parseLong(Files.readString(id).strip());
      }
    }
    return fromPrivateMount(event);
  }

  private static long fromPrivateMount(String event) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("tracefs");
    try {
      Process shell =
          new ProcessBuilder(
                  "unshare", "-m", "sh", "-c", READ_FROM_PRIVATE_MOUNT, "sh", "" + directory, event)
              .redirectErrorStream(true)
              .start();
      String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (shell.waitFor() != 0) {
        abort("no access to tracefs here: " + output.strip());
      }
      return Long.parseLong(output.strip());
    } finally {
      Files.delete(directory);
    }
  }
}
