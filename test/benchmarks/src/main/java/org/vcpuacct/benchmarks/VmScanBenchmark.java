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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.VmScanner;

/** A scan for VMs on a host where nothing changes, time per vCPU: a part of each step. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VmScanBenchmark {

  private VmScanner scanner;
  private BenchmarkHost clock;

  /** Finds the VMs. */
  @Setup(Level.Trial)
  public void findVms(BenchmarkHost host) {
    clock = host;
    scanner = host.newScanner();
    BenchmarkHost.requireAllVcpus(
        scanner.scan(host.nowNs()).stream().mapToInt(vm -> vm.vcpus().size()).sum());
  }

  /** Not part of what is measured. */
  @Setup(Level.Invocation)
  public void passSecond() throws IOException {
    clock.passSecond(0);
  }

  /** A scan. */
  @Benchmark
  @OperationsPerInvocation(BenchmarkHost.VCPUS)
  public List<Vm> scan(CpuTime cpuTime) {
    cpuTime.start();
    List<Vm> vms = scanner.scan(clock.nowNs());
    cpuTime.stop();
    return vms;
  }
}
