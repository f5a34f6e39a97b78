package org.vcpuacct.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs as a process of its own. It ends with this JVM, however that ends.
 *
 * <p>Its output goes to files, so that nobody has to read it meanwhile.
 */
final class Program implements AutoCloseable {

  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final List<String> words;
  private final Path out;
  private final Path err;
  private final Process process;

  /** How a program ended, and what it said. */
  record Result(List<String> words, int status, String out, String err) {

    /** This result, if the program ended with status 0. */
    Result orFail() {
      if (status != 0) {
        throw new AssertionError("failed: " + this);
      }
      return this;
    }

    @Override
    public String toString() {
      return String.join(" ", words) + "\nstatus " + status + "\n" + out + err;
    }
  }

  private Program(List<String> words, Map<String, String> environment, String input) {
    this.words = List.copyOf(words);
    try {
      Files.createDirectories(Project.OUTPUT);
      this.out = Files.createTempFile(Project.OUTPUT, "program", ".out");
      this.err = Files.createTempFile(Project.OUTPUT, "program", ".err");
      this.process = start(environment, input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process start(Map<String, String> environment, String input) throws IOException {
    List<String> withEnd = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM"));
    withEnd.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(withEnd)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .directory(Project.ROOT.toFile());
    builder.environment().putAll(environment);
    Process started = builder.start();
    try (var stdin = started.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    return started;
  }

  /** Starts a program in the project's top folder and leaves it running. */
  static Program start(List<String> words) {
    return new Program(words, Map.of(), "");
  }

  /** Runs a program to its end; one that takes longer than the limit is ended, and fails. */
  static Result run(Duration limit, String... words) {
    return run(limit, Map.of(), "", List.of(words));
  }

  /**
   * Runs a program to its end; one that takes longer than the limit is ended, and fails.
   *
   * @param environment variables beside those of this JVM
   * @param input its standard input
   */
  static Result run(
      Duration limit, Map<String, String> environment, String input, List<String> words) {
    try (Program program = new Program(words, environment, input)) {
      return program.await(limit);
    }
  }

  /** Waits for the end. */
  Result await(Duration limit) {
    if (!endsWithin(limit)) {
      throw new AssertionError(
          String.join(" ", words) + "\nstill runs after " + limit + "\n" + said());
    }
    return new Result(words, process.exitValue(), text(out), text(err));
  }

  /** What it has written so far, standard output first. */
  String said() {
    return text(out) + text(err);
  }

  /** What it has written to standard output so far. */
  String out() {
    return text(out);
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** Its process identifier on this machine. */
  long pid() {
    return process.pid();
  }

  /** Ends the program with SIGTERM, or if that does not help, with SIGKILL. */
  @Override
  public void close() {
    process.destroy();
    if (!endsWithin(END_LIMIT)) {
      process.destroyForcibly();
      endsWithin(END_LIMIT);
    }
    delete(out);
    delete(err);
  }

  private boolean endsWithin(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // The flag stays down: what the test has started must still be ended, and that can take time.
      throw new AssertionError("the test took too long", e);
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
