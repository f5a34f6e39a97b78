package org.vcpuacct.benchmarks;

import java.io.IOException;
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
import org.openjdk.jmh.annotations.TearDown;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.sampler.Sampler;

/** One step of the sampler in tier sampled, time per vCPU. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SamplerStepBenchmark {

  /** How many of the vCPUs ran since the last step: a vCPU that did not costs one file less. */
  @Param({"0", "100"})
  public int runningPercent;

  private Sampler sampler;
  private BenchmarkHost clock;

  /** Opens the accounts, and makes sure that there is one of every vCPU. */
  @Setup(Level.Trial)
  public void open(BenchmarkHost host) throws IOException {
    clock = host;
    sampler = host.newSampler();
    BenchmarkHost.requireAllVcpus(sampler.step(host.nowNs()));
  }

  /** Not part of what is measured. */
  @Setup(Level.Invocation)
  public void passSecond() throws IOException {
    clock.passSecond(runningPercent);
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    sampler.close();
  }

  /** A step. */
  @Benchmark
  @OperationsPerInvocation(BenchmarkHost.VCPUS)
  public Snapshot step(CpuTime cpuTime) throws IOException {
    cpuTime.start();
    Snapshot snapshot = sampler.step(clock.nowNs());
    cpuTime.stop();
    return snapshot;
  }
}
