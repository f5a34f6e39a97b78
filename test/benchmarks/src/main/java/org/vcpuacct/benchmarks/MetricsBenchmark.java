package org.vcpuacct.benchmarks;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.export.http.Query;
import org.vcpuacct.export.metrics.MetricsResource;
import org.vcpuacct.ledger.Snapshot;

/**
 * The text that Prometheus scrapes, of a snapshot that knows all there is to know, time per vCPU:
 * compressed, without HTTP.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MetricsBenchmark {

  private MetricsResource metrics;
  private Snapshot newest;

  /** Makes the snapshot. */
  @Setup(Level.Trial)
  public void takeSnapshot() {
    newest = BenchmarkHost.requireAllVcpus(FullSnapshot.create());
    metrics =
        new MetricsResource("benchmark", () -> newest, () -> AlarmList.empty(0), Optional::empty);
  }

  /** Ends what watches the JVM. */
  @TearDown(Level.Trial)
  public void close() {
    metrics.close();
  }

  /** Another step has been taken: the text of the last one is of no use. */
  @Setup(Level.Invocation)
  public void step() {
    newest = FullSnapshot.later(newest);
  }

  /** A scrape. */
  @Benchmark
  @OperationsPerInvocation(BenchmarkHost.VCPUS)
  public int scrape(CpuTime cpuTime) {
    cpuTime.start();
    int octets = metrics.answer(Query.PLAIN).length();
    cpuTime.stop();
    return octets;
  }
}
