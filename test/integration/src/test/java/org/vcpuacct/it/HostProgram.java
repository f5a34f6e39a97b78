package org.vcpuacct.it;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that runs on a host until it is ended, with its process identifier there. */
final class HostProgram implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final Pattern PID = Pattern.compile("pid-on-host (\\d+)\n");

  private final String title;
  private final Host host;
  private final Program program;
  private int pid;

  private HostProgram(String title, Host host, Program program) {
    this.title = title;
    this.host = host;
    this.program = program;
  }

  /**
   * Starts a program.
   *
   * @param title what it is called in the evidence of a failure
   */
  static HostProgram start(String title, Host host, List<String> words) {
    List<String> withPid =
        new ArrayList<>(List.of("sh", "-c", "echo pid-on-host $$; exec \"$@\"", "sh"));
    withPid.addAll(words);
    Program program = Program.start(host.command(withPid));
    HostProgram started = new HostProgram(title, host, program);
    Evidence.from(started, program::said);
    try {
      Await.until(
          "start of " + title,
          START_LIMIT,
          () -> !program.isRunning() || PID.matcher(program.out()).find());
      started.pid = readPid(title, program);
      return started;
    } catch (AssertionError e) {
      started.close();
      throw e;
    }
  }

  private static int readPid(String title, Program program) {
    Matcher matcher = PID.matcher(program.out());
    if (!matcher.find()) {
      throw new AssertionError(title + " did not start:\n" + program.said());
    }
    return Integer.parseInt(matcher.group(1));
  }

  /** Its process identifier on its host. */
  int pid() {
    return pid;
  }

  boolean isRunning() {
    return program.isRunning();
  }

  /** What it has said so far. */
  String said() {
    return PID.matcher(program.said()).replaceFirst("");
  }

  /** The first line that it says and that matches. */
  Matcher awaitLine(Duration limit, Pattern line) {
    return Await.value(
        "line '" + line + "' of " + title,
        limit,
        () -> {
          Optional<Matcher> found =
              said().lines().map(line::matcher).filter(Matcher::matches).findFirst();
          if (found.isEmpty() && !isRunning()) {
            throw new AssertionError(title + " ended:\n" + said());
          }
          return found;
        });
  }

  /** Sends a signal, by its name without SIG. */
  void signal(String name) {
    host.run("kill", "-" + name, Integer.toString(pid)).orFail();
  }

  /** Sends SIGKILL, and returns when, by the clock of its host. */
  Instant kill() {
    Program.Result killed = host.run("sh", "-c", "kill -KILL " + pid + " && date +%s%3N");
    return Instant.ofEpochMilli(Long.parseLong(killed.orFail().out().strip()));
  }

  /** Waits for its end. */
  Program.Result await(Duration limit) {
    return program.await(limit);
  }

  @Override
  public void close() {
    Evidence.lastFrom(this);
    program.close();
  }

  @Override
  public String toString() {
    return title + (isRunning() ? "" : ", ended");
  }
}
