package org.vcpuacct.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A host of a thousand vCPUs for a daemon in another process ({@code vcpuacct run --root}): all of
 * them run half of each second. Prints the host's folder once it is there, and deletes it when
 * standard input ends.
 */
public final class RunningHost {

  private static final long RUN_NS = BenchmarkHost.STEP_NS / 2;

  private RunningHost() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    ScheduledExecutorService seconds = Executors.newSingleThreadScheduledExecutor();
    try (ReplicatedHost host =
        ReplicatedHost.of(
            BenchmarkHost.VCPUS / BenchmarkHost.VCPUS_PER_VM, BenchmarkHost.VCPUS_PER_VM)) {
      var running =
          seconds.scheduleAtFixedRate(
              () -> runAll(host), 0, BenchmarkHost.STEP_NS, TimeUnit.NANOSECONDS);
      System.out.println(host.root().proc().getParent());
      while (System.in.read() >= 0) {
        // waits for the end
      }
      running.cancel(false);
      seconds.shutdown();
      seconds.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void runAll(ReplicatedHost host) {
    try {
      host.runVcpus(BenchmarkHost.VCPUS, RUN_NS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
