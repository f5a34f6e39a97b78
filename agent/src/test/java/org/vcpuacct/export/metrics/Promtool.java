package org.vcpuacct.export.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Prometheus' own tool. If it is missing, the test fails and says what to install. */
final class Promtool {

  private static final long LIMIT_SECONDS = 60;

  /** What it printed, errors included, and its exit status. */
  record Result(int status, String output) {}

  private final Path folder;

  /**
   * The tool.
   *
   * @param folder an empty one, for what goes in and out
   */
  Promtool(Path folder) {
    this.folder = folder;
  }

  /** What it finds wrong with metrics in the text format; it has none to find but with status 3. */
  Result checkMetrics(byte[] text) throws IOException, InterruptedException {
    Path input = Files.write(folder.resolve("metrics"), text);
    return run(input, "check", "metrics");
  }

  /** Runs it on files. */
  Result run(String... arguments) throws IOException, InterruptedException {
    return run(Path.of("/dev/null"), arguments);
  }

  private Result run(Path input, String... arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("promtool"));
    words.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    Process process = start(words, input, output);
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(words + " has not ended");
    }
    return new Result(process.exitValue(), Files.readString(output, UTF_8));
  }

  private static Process start(List<String> words, Path input, Path output) {
    try {
      return new ProcessBuilder(words)
          .redirectInput(input.toFile())
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
    } catch (IOException e) {
      throw new AssertionError("promtool is missing: test/prepare prometheus installs it", e);
    }
  }
}
