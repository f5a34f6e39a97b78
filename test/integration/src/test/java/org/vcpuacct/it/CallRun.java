package org.vcpuacct.it;

import java.util.List;
import java.util.function.ToLongFunction;

/** What became of calls, by what {@code callsim generate} prints each 100 ms. */
record CallRun(List<Tally> tallies) {

  private static final double HALF_A_TALLY = 0.05;

  /**
   * Calls of 100 ms.
   *
   * @param endSeconds when they are over, from the start of the run
   * @param reduction what the call processor turned away, percent; below 0 if it had not said yet
   */
  record Tally(double endSeconds, long offered, long done, long turnedAway, double reduction) {

    private static Tally parse(String line) {
      String[] words = line.split(" ", -1);
      return new Tally(
          Double.parseDouble(words[1]),
          Long.parseLong(words[2]),
          Long.parseLong(words[3]),
          Long.parseLong(words[4]),
          words[10].equals("-") ? -1 : Double.parseDouble(words[10]));
    }
  }

  static CallRun parse(String output) {
    return new CallRun(
        output.lines().filter(line -> line.startsWith("tally ")).map(Tally::parse).toList());
  }

  /** The part between two instants, in seconds from the start. */
  CallRun between(double from, double to) {
    return new CallRun(
        tallies.stream()
            .filter(one -> one.endSeconds() > from + HALF_A_TALLY)
            .filter(one -> one.endSeconds() < to + HALF_A_TALLY)
            .toList());
  }

  long sum(ToLongFunction<Tally> count) {
    return tallies.stream().mapToLong(count).sum();
  }

  /** Calls done in time, in percent of those that were offered. */
  double donePercent() {
    return 100.0 * sum(Tally::done) / sum(Tally::offered);
  }

  /** Points between the largest and the least reduction. */
  double spread() {
    double[] reductions = tallies.stream().mapToDouble(Tally::reduction).sorted().toArray();
    return reductions[reductions.length - 1] - reductions[0];
  }
}
