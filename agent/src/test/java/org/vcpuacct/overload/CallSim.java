package org.vcpuacct.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Runs of test/callsim under the daemon's controller. */
public final class CallSim {

  /** What became of calls in the 100 ms that end here. */
  public record Tally(
      double endSeconds,
      long offered,
      long done,
      long turnedAway,
      long emergencies,
      long emergenciesDone) {

    private static Tally parse(String[] words) {
      return new Tally(
          Double.parseDouble(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]),
          Long.parseLong(words[4]),
          Long.parseLong(words[7]),
          Long.parseLong(words[8]));
    }
  }

  /** What the controller said of an interval that ends here. */
  public record Said(double atSeconds, int reduction, String cause) {

    private static Said parse(String[] words) {
      return new Said(Double.parseDouble(words[1]), Integer.parseInt(words[2]), words[3]);
    }
  }

  /** A run from its beginning to its end. */
  public record Run(List<Tally> tallies, List<Said> said) {

    /** Calls from an instant on, counted by this. */
    public long sum(double fromSeconds, ToLongFunction<Tally> count) {
      return tallies.stream()
          .filter(tally -> tally.endSeconds() > fromSeconds)
          .mapToLong(count)
          .sum();
    }

    /** Reductions that were said from an instant on. */
    public List<Integer> reductions(double fromSeconds) {
      return said.stream()
          .filter(one -> one.atSeconds() > fromSeconds)
          .map(Said::reduction)
          .toList();
    }

    /** When the last of these was over, s; 0 if there was none. */
    public double last(Predicate<Tally> bad) {
      return tallies.stream().filter(bad).mapToDouble(Tally::endSeconds).max().orElse(0);
    }
  }

  private final Path program;

  private CallSim(Path program) {
    this.program = program;
  }

  /** Builds the program in a folder. */
  public static CallSim build(Path folder) throws IOException, InterruptedException {
    Path program = folder.resolve("callsim");
    Process build =
        new ProcessBuilder("../test/callsim/build", program.toString()).inheritIO().start();
    assertThat(build.waitFor()).as("status of test/callsim/build").isZero();
    return new CallSim(program);
  }

  /**
   * Runs a simulation.
   *
   * @param settings NAME=VALUE, as test/callsim/settings.h has them
   */
  public Run simulate(String... settings) throws IOException, InterruptedException {
    return run("simulate", settings);
  }

  /** Starts a call processor, which ends with its callers. */
  public Process startProcessor(String... settings) throws IOException {
    return new ProcessBuilder(command("process", settings)).inheritIO().start();
  }

  /** Calls a call processor for real. */
  public Run generate(String... settings) throws IOException, InterruptedException {
    return run("generate", settings);
  }

  private List<String> command(String name, String... settings) {
    return Stream.concat(Stream.of(program.toString(), name), Stream.of(settings)).toList();
  }

  private Run run(String name, String... settings) throws IOException, InterruptedException {
    List<Tally> tallies = new ArrayList<>();
    List<Said> said = new ArrayList<>();
    ClosedLoop loop =
        new ClosedLoop(
            OverloadPolicy.DEFAULT,
            line -> {
              String[] words = line.split(" ");
              switch (words[0]) {
                case "tally" -> tallies.add(Tally.parse(words));
                case "overload" -> said.add(Said.parse(words));
                default -> throw new IllegalArgumentException("callsim says: " + line);
              }
            });
    loop.run(command(name, settings));
    return new Run(tallies, said);
  }
}
