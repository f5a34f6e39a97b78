package org.vcpuacct.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.vcpuacct.host.SchedStat;
import org.vcpuacct.host.ThreadStat;

/** Parsing the two files of a vCPU's thread, as recorded. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ParseBenchmark {

  private static final int FILES = BenchmarkHost.VCPUS;

  private byte[] stat;
  private byte[] schedStat;

  /** Reads the files. */
  @Setup
  public void read() throws IOException {
    RecordedVmm vmm = RecordedVmm.find();
    stat = Files.readAllBytes(vmm.vcpuThread().resolve("stat"));
    schedStat = Files.readAllBytes(vmm.vcpuThread().resolve("schedstat"));
  }

  /** The file {@code stat}. */
  @Benchmark
  @OperationsPerInvocation(FILES)
  public void threadStat(CpuTime cpuTime, Blackhole parsed) throws IOException {
    cpuTime.start();
    for (int i = 0; i < FILES; i++) {
      parsed.consume(ThreadStat.parse(stat, stat.length));
    }
    cpuTime.stop();
  }

  /** The file {@code schedstat}. */
  @Benchmark
  @OperationsPerInvocation(FILES)
  public void schedStat(CpuTime cpuTime, Blackhole parsed) throws IOException {
    cpuTime.start();
    for (int i = 0; i < FILES; i++) {
      parsed.consume(SchedStat.parse(schedStat, schedStat.length));
    }
    cpuTime.stop();
  }
}
