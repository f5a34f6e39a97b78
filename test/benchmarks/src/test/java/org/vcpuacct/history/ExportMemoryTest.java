package org.vcpuacct.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.Main;

/**
 * An export needs memory for the steps of one file and not for all: 300 vCPUs, whose guests report,
 * over two blocks and a file that is being written, in less than a third of the heap that the
 * daemon may have.
 */
@Timeout(180)
class ExportMemoryTest {

  private static final int VCPUS = 300;
  private static final int STEPS = 520;

  @TempDir private Path folder;

  @Test
  void aSmallHeapIsEnoughHoweverLongTheTime() throws Exception {
    record();
    Path config = folder.resolve("vcpuacct.conf");
    Files.writeString(config, "[agent]\nstate-dir = \"" + folder + "\"\n");
    Path csv = folder.resolve("export.csv");

    Process export =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx20m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "export",
                "--config=" + config,
                "--from=2023-01-01T00:00:00Z")
            .redirectOutput(csv.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();

    assertThat(export.waitFor()).isZero();
    try (Stream<String> lines = Files.lines(csv)) {
      assertThat(lines.count()).isEqualTo(1 + (STEPS - 1) * VCPUS);
    }
  }

  private void record() throws IOException {
    BusyHost host = new BusyHost(VCPUS);
    try (HistoryStore store =
        new HistoryStore(HistoryFolder.path(folder), HistorySettings.defaults(), 1)) {
      for (int step = 0; step < STEPS; step++) {
        store.append(host.next());
      }
    }
    List<HistoryFile> files = HistoryFile.list(HistoryFolder.path(folder));
    assertThat(files).extracting(HistoryFile::open).containsExactly(false, false, true);
  }
}
