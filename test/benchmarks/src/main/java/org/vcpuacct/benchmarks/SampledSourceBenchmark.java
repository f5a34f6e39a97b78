package org.vcpuacct.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.infra.Blackhole;
import org.vcpuacct.source.AccountSources;
import org.vcpuacct.source.VcpuMeter;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;

/** Reading the accounts of all vCPUs in tier sampled, time per vCPU: a part of each step. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SampledSourceBenchmark {

  /** How many of the vCPUs ran since the last step: a vCPU that did not costs one file less. */
  @Param({"0", "100"})
  public int runningPercent;

  private final List<VcpuMeter> meters = new ArrayList<>();
  private BenchmarkHost clock;

  /** Opens the accounts, and makes sure that there is one of every vCPU. */
  @Setup(Level.Trial)
  public void open(BenchmarkHost host) throws IOException {
    clock = host;
    AccountSources sources = host.newSources();
    for (Vm vm : host.newScanner().scan(host.nowNs())) {
      for (Vcpu vcpu : vm.vcpus()) {
        meters.add(sources.open(vm, vcpu, host::nowNs));
      }
    }
    BenchmarkHost.requireAllVcpus(meters.size());
  }

  /** Not part of what is measured. */
  @Setup(Level.Invocation)
  public void passSecond() throws IOException {
    clock.passSecond(runningPercent);
  }

  /** Closes the accounts. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    for (VcpuMeter meter : meters) {
      meter.close();
    }
    meters.clear();
  }

  /** Reads them. */
  @Benchmark
  @OperationsPerInvocation(BenchmarkHost.VCPUS)
  public void read(CpuTime cpuTime, Blackhole readings) throws IOException {
    cpuTime.start();
    for (VcpuMeter meter : meters) {
      readings.consume(meter.read(clock.nowNs()));
    }
    cpuTime.stop();
  }
}
