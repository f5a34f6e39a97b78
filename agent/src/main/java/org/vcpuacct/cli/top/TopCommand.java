package org.vcpuacct.cli.top;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vcpuacct.cli.DaemonOption;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vcpuacct top}: what the running daemon knows, live in the terminal. */
@Command(
    name = "top",
    description = {
      "Show what the running daemon knows, live: network elements, their vCPUs, where their time"
          + " goes and what they exit for. Press ? for the keys.",
      "Exits with 2 if the daemon does not answer."
    })
public final class TopCommand implements Callable<Integer> {

  private static final String PATH = "/api/v1/snapshot";
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final double SECOND_MS = 1e3;

  @Parameters(
      arity = "0..1",
      paramLabel = "NE",
      description = "show this network element only (default: all)")
  private String ne;

  @Option(
      names = {"-i", "--interval"},
      paramLabel = "SECONDS",
      defaultValue = "3",
      description = "time from one picture to the next (default: ${DEFAULT-VALUE})")
  private double intervalSeconds;

  @Mixin private DaemonOption daemonOption;
  @ArgGroup private Output output = new Output();
  @Spec private CommandSpec spec;

  /** How to print instead of showing. */
  private static final class Output {

    @Option(
        names = "--once",
        description = "print plain tables of the daemon's last interval, and end")
    private boolean once;

    @Option(names = "--json", description = "print what the daemon says, as JSON, and end")
    private boolean json;
  }

  @Override
  public Integer call() throws IOException {
    Duration interval = interval();
    if (output.json) {
      print(new String(snapshot(Daemon.Detail.FULL), UTF_8) + "\n");
    } else if (output.once) {
      print(PlainTables.of(new Pictures(this::snapshot).next()));
    } else {
      show(interval);
    }
    return CommandLine.ExitCode.OK;
  }

  private void show(Duration interval) throws IOException {
    Pictures pictures = new Pictures(this::snapshot);
    Picture first = pictures.next();
    Palette palette = Palette.wanted(System.getenv("NO_COLOR"));
    try (LiveScreen screen = LiveScreen.open()) {
      new Live(screen, first, pictures, interval.toNanos(), palette, System::nanoTime).run();
    }
  }

  private byte[] snapshot(Daemon.Detail detail) throws IOException {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("detail", detail.name().toLowerCase(Locale.ROOT));
    if (ne != null) {
      parameters.put("ne", ne);
    }
    return daemonOption.daemon().get(PATH, parameters);
  }

  private Duration interval() {
    Duration interval = Duration.ofMillis(Math.round(intervalSeconds * SECOND_MS));
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new ParameterException(
          spec.commandLine(), "--interval: write seconds from 0.1 to 3600, for example 3");
    }
    return interval;
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }
}
