package org.vcpuacct.benchmarks;

import java.io.IOException;
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
import org.snmp4j.smi.OID;
import org.snmp4j.smi.VariableBinding;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.export.snmp.MibTables;
import org.vcpuacct.export.snmp.MibView;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.mib.VcpuAcctMib;
import org.vcpuacct.sampler.Sampler;

/**
 * A walk of everything that SNMP serves of a new snapshot, time per vCPU: without sockets and
 * without encoding.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MibWalkBenchmark {

  private static final OID SUBTREE = new OID(VcpuAcctMib.SYSTEM_STATS);

  private MibTables tables;
  private Snapshot snapshot;

  /** Takes the snapshot: the second, since the first has no shares. */
  @Setup(Level.Trial)
  public void takeSnapshot(BenchmarkHost host) throws IOException {
    tables = new MibTables("benchmark", host.nowNs(), host.nowNs(), () -> AlarmList.empty(0));
    try (Sampler sampler = host.newSampler()) {
      sampler.step(host.nowNs());
      host.passSecond(100);
      snapshot = BenchmarkHost.requireAllVcpus(sampler.step(host.nowNs()));
    }
  }

  /** A walk. */
  @Benchmark
  @OperationsPerInvocation(BenchmarkHost.VCPUS)
  public int walk(CpuTime cpuTime) {
    cpuTime.start();
    MibView view = tables.view(snapshot);
    int variables = 0;
    Optional<VariableBinding> next = view.next(SUBTREE);
    while (next.isPresent()) {
      variables++;
      next = view.next(next.get().getOid());
    }
    cpuTime.stop();
    return variables;
  }
}
