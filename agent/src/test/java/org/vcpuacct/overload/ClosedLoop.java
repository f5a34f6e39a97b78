package org.vcpuacct.overload;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.Overload;

/**
 * The daemon's controller and, as a child process, calls that it has to do with: test/callsim. Each
 * time the child says how the vCPUs spent an interval it is told how much to turn away.
 */
final class ClosedLoop {

  private static final String SAMPLE = "sample ";
  private static final double NS_PER_SECOND = 1e9;

  /** As for the daemon's feed; the child is asked for no longer than it is told. */
  private static final int VALIDITY_MS = 3_000;

  private final OverloadController controller;
  private final Consumer<String> output;

  /**
   * A loop that has not begun.
   *
   * @param output takes what the child prints but samples, and of each sample {@code overload
   *     SECONDS REDUCTION CAUSE}
   */
  ClosedLoop(OverloadPolicy policy, Consumer<String> output) {
    this.controller = new OverloadController(policy, VALIDITY_MS, 0, 0);
    this.output = output;
  }

  /**
   * Runs the child to its end.
   *
   * @param command of callsim, with its arguments
   * @throws IOException if it cannot be run, or fails
   */
  void run(List<String> command) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader from = child.inputReader();
        BufferedWriter to = child.outputWriter()) {
      for (String line = from.readLine(); line != null; line = from.readLine()) {
        if (line.startsWith(SAMPLE)) {
          to.write(answer(line.substring(SAMPLE.length()).split(" ")) + "\n");
          to.flush();
        } else {
          output.accept(line);
        }
      }
    } finally {
      child.destroy();
    }
    if (child.waitFor() != 0) {
      throw new IOException(command + " failed with status " + child.exitValue());
    }
  }

  private int answer(String[] words) {
    long nowNs = Long.parseLong(words[0]);
    double[] shares = Stream.of(words).skip(1).mapToDouble(Double::parseDouble).toArray();
    Overload overload = controller.step(sample(shares[0], shares[1], shares[2]), nowNs);
    output.accept(
        "overload %.3f %d %s"
            .formatted(nowNs / NS_PER_SECOND, overload.reduction(), overload.cause().label()));
    return overload.reduction();
  }

  private static LoadSample sample(double useful, double overhead, double contention) {
    Map<Cause, Double> shares =
        Map.of(Cause.DEMAND, useful, Cause.OVERHEAD, overhead, Cause.CONTENTION, contention);
    Cause cause =
        shares.entrySet().stream()
            .filter(share -> share.getValue() > 0)
            .max(Comparator.comparingDouble(Map.Entry::getValue))
            .map(Map.Entry::getKey)
            .orElse(Cause.NONE);
    return new LoadSample(useful + overhead + contention, contention, cause);
  }

  /**
   * Runs the command that the arguments are, and prints what comes of it. The property
   * target-percent stands for the setting of this name.
   */
  public static void main(String[] command) throws Exception {
    int target = Integer.getInteger("target-percent", OverloadPolicy.DEFAULT.target());
    new ClosedLoop(aimingAt(target), System.out::println).run(List.of(command));
  }

  private static OverloadPolicy aimingAt(int target) {
    OverloadPolicy policy = OverloadPolicy.DEFAULT;
    return new OverloadPolicy(
        policy.on(),
        policy.off(),
        target,
        policy.tolerance(),
        policy.samplesOn(),
        policy.offHoldNs(),
        policy.stepUp(),
        policy.releasePerSecond(),
        policy.contentionLimit());
  }
}
