package org.vcpuacct.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs benchmarks and prints a table in Markdown.
 *
 * <p>Arguments: the file that gets JMH's own account, a regular expression that the benchmarks'
 * names match, then options for the JVM that is measured.
 */
public final class Report {

  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final double NS_PER_US = 1e3;
  private static final int FORKS = 2;
  private static final int ITERATIONS = 5;
  private static final TimeValue ITERATION = TimeValue.seconds(2);

  private Report() {}

  /** See the class. */
  public static void main(String[] arguments) throws RunnerException {
    String[] jvmOptions = Arrays.copyOfRange(arguments, 2, arguments.length);
    print(new Runner(options(Path.of(arguments[0]), arguments[1], jvmOptions)).run());
  }

  private static Options options(Path log, String benchmarks, String... jvmOptions) {
    return new OptionsBuilder()
        .include(benchmarks)
        .addProfiler(GCProfiler.class)
        .forks(FORKS)
        .warmupIterations(ITERATIONS)
        .warmupTime(ITERATION)
        .measurementIterations(ITERATIONS)
        .measurementTime(ITERATION)
        .shouldFailOnError(true)
        .jvmArgsPrepend(jvmOptions)
        .output(log.toString())
        .build();
  }

  private static void print(Collection<RunResult> results) {
    System.out.println("| benchmark | us of CPU | us of wall time | bytes allocated |");
    System.out.println("|---|---:|---:|---:|");
    for (RunResult result : results) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.2f | %.0f |%n",
          name(result),
          cpuMicroseconds(result),
          result.getPrimaryResult().getScore(),
          result.getSecondaryResults().get(ALLOCATED).getScore());
    }
  }

  /** For one of the operations of an invocation. */
  private static double cpuMicroseconds(RunResult result) {
    double cpuNs = result.getSecondaryResults().get("cpuNs").getScore();
    double invocations = result.getSecondaryResults().get("invocations").getScore();
    return cpuNs / invocations / result.getParams().getOpsPerInvocation() / NS_PER_US;
  }

  /** Class and method, and the parameters' values. */
  private static String name(RunResult result) {
    StringBuilder name = new StringBuilder(result.getParams().getBenchmark());
    name.delete(0, Report.class.getPackageName().length() + 1);
    for (String key : result.getParams().getParamsKeys()) {
      name.append(", ").append(key).append(' ').append(result.getParams().getParam(key));
    }
    return name.toString();
  }
}
