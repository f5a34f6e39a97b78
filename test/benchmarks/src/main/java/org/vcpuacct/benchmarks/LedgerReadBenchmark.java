package org.vcpuacct.benchmarks;

import java.io.IOException;
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
import org.vcpuacct.kernel.LedgerAccount;
import org.vcpuacct.source.VcpuMeter;

/** Reading the accounts of all vCPUs in tier exact, time per vCPU. Takes root. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LedgerReadBenchmark {

  /** How many of the vCPUs ran since the last reading: only what changed is copied. */
  @Param({"0", "100"})
  public int runningPercent;

  private LedgerHost host;

  /** Opens and fills the accounts. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    host = new LedgerHost();
  }

  /** Not part of what is measured. */
  @Setup(Level.Invocation)
  public void passSecond() throws IOException {
    host.passSecond(runningPercent);
  }

  /** Closes the accounts. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    host.close();
  }

  /** Copies them out of the kernel's memory. */
  @Benchmark
  @OperationsPerInvocation(BenchmarkHost.VCPUS)
  public List<LedgerAccount> copy(CpuTime cpuTime) {
    cpuTime.start();
    List<LedgerAccount> accounts = host.readAccounts();
    cpuTime.stop();
    return accounts;
  }

  /** Reads them as the agent does: copies, tests and makes readings of them. */
  @Benchmark
  @OperationsPerInvocation(BenchmarkHost.VCPUS)
  public void read(CpuTime cpuTime, Blackhole readings) throws IOException {
    cpuTime.start();
    for (VcpuMeter meter : host.meters()) {
      readings.consume(meter.read(host.nowNs()));
    }
    cpuTime.stop();
  }
}
