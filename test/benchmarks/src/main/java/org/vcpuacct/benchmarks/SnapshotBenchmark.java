package org.vcpuacct.benchmarks;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.export.api.SnapshotResource;
import org.vcpuacct.export.api.SnapshotWriter;
import org.vcpuacct.export.http.Query;

/**
 * What {@code /api/v1/snapshot} answers of a thousand vCPUs in tier exact, time per vCPU:
 * compressed, without HTTP.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SnapshotBenchmark {

  /** How much of it is asked for. */
  @Param({"full", "brief"})
  public String detail;

  private final GrowingSnapshot snapshot = new GrowingSnapshot(BenchmarkHost.VCPUS);
  private SnapshotResource resource;
  private Query query;

  /** Makes what answers. */
  @Setup(Level.Trial)
  public void makeResource() {
    BenchmarkHost.requireAllVcpus(snapshot.newest());
    query = new Query(Map.of("detail", detail), Optional.empty());
    resource =
        new SnapshotResource(
            snapshot::newest,
            () -> AlarmList.empty(0),
            new SnapshotWriter("benchmark", Optional.empty(), Optional::empty));
  }

  /** Another step has been taken: what was written of the last one is of no use. */
  @Setup(Level.Invocation)
  public void step() {
    snapshot.next();
  }

  /** An answer. */
  @Benchmark
  @OperationsPerInvocation(BenchmarkHost.VCPUS)
  public int answer(CpuTime cpuTime) {
    cpuTime.start();
    int octets = resource.answer(query).length();
    cpuTime.stop();
    return octets;
  }
}
