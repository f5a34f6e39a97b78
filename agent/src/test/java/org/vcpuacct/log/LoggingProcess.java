package org.vcpuacct.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that logs a line of each kind to a file. */
final class LoggingProcess {

  private LoggingProcess() {}

  /**
   * Runs one to its end.
   *
   * @param file takes its standard error
   * @param environment what is added to the environment
   * @return the lines that it wrote
   */
  static List<String> run(Path file, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LoggingProcess.class.getName());
    builder.environment().putAll(environment);
    int status = builder.redirectError(file.toFile()).start().waitFor();
    if (status != 0) {
      throw new AssertionError("it ended with " + status + ": " + Files.readString(file));
    }
    return Files.readAllLines(file);
  }

  public static void main(String[] arguments) {
    Logger log = LoggerFactory.getLogger(LoggingProcess.class);
    log.debug("a detail");
    log.info("tier {}", "exact");
    log.info("tier {}", "exact");
    log.warn("it said: {}", "no\n<3>forged");
    log.error("left out", new IllegalStateException("why"));
  }
}
