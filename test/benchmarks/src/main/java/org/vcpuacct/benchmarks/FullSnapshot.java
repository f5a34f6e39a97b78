package org.vcpuacct.benchmarks;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.vcpuacct.ledger.AgentStats;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.ExitReasons;
import org.vcpuacct.ledger.ExitTimes;
import org.vcpuacct.ledger.Isa;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Scheduling;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.ThreadKindAccount;
import org.vcpuacct.ledger.ThreadTimes;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.VmThreads;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.vm.ThreadEvidence;
import org.vcpuacct.vm.ThreadKind;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.Vmm;

/**
 * A snapshot of a thousand vCPUs in tier exact as an AMD host has it, with each kind of thread and
 * each class of exits that a Linux guest causes.
 */
final class FullSnapshot {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long DAY_NS = 86_400 * SECOND_NS;
  private static final int FIRST_BUCKET = 8;
  private static final int BUCKETS_IN_USE = 12;

  private static final Set<ExitClass> TOLD =
      ExitReasons.of(Isa.SVM).reasons().stream()
          .map(ExitReasons.Reason::exitClass)
          .collect(Collectors.toCollection(() -> EnumSet.of(ExitClass.OTHER)));

  private static final Set<ExitClass> CAUSED =
      EnumSet.of(
          ExitClass.IO,
          ExitClass.MMIO,
          ExitClass.NPF,
          ExitClass.MSR_TIMER,
          ExitClass.MSR_OTHER,
          ExitClass.IPI,
          ExitClass.HLT,
          ExitClass.EXTERNAL_IRQ,
          ExitClass.IRQ_WINDOW,
          ExitClass.CPUID,
          ExitClass.PAUSE,
          ExitClass.CR_DR);

  private final Random random = new Random(1);

  private FullSnapshot() {}

  /** One whose figures have as many digits as those of a daemon that has run for some days. */
  static Snapshot create() {
    return of(BenchmarkHost.VCPUS);
  }

  /** The same of so many vCPUs. */
  static Snapshot of(int vcpus) {
    return new FullSnapshot().snapshot(vcpus);
  }

  /** The same accounts, a second later. */
  static Snapshot later(Snapshot snapshot) {
    return new Snapshot(
        snapshot.takenNs() + SECOND_NS,
        snapshot.takenEpochMillis(),
        snapshot.tier(),
        snapshot.vms(),
        snapshot.nes(),
        snapshot.hostCpu(),
        snapshot.pcpus(),
        snapshot.agent(),
        snapshot.limits());
  }

  private Snapshot snapshot(int vcpus) {
    List<VmAccount> vms = new ArrayList<>();
    List<NeAccount> nes = new ArrayList<>();
    for (int left = vcpus; left > 0; left -= BenchmarkHost.VCPUS_PER_VM) {
      int index = vms.size() + 1;
      VmAccount vm = vm(index, Math.min(left, BenchmarkHost.VCPUS_PER_VM));
      vms.add(vm);
      nes.add(new NeAccount(index, vm.vm().name(), 0, List.of(vm), Optional.empty()));
    }
    AgentStats agent = new AgentStats(1_000, 50_000, 9_000_000, 2_000_000);
    return new Snapshot(
        DAY_NS, DAY_NS, Tier.EXACT, vms, nes, Optional.empty(), List.of(), agent, List.of());
  }

  private VmAccount vm(int index, int vcpus) {
    List<VcpuAccount> accounts = new ArrayList<>();
    for (int id = 0; id < vcpus; id++) {
      accounts.add(vcpu(new Vcpu(id, 10_000 * index + id, ThreadEvidence.KVM_BPF)));
    }
    Vm vm =
        new Vm(
            index,
            index,
            9,
            Vmm.QEMU,
            "network-function-" + index,
            true,
            Optional.of(new UUID(1, index)),
            accounts.stream().map(VcpuAccount::vcpu).toList(),
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    return new VmAccount(index, vm, 0, Map.of(), accounts, threads(), Optional.empty());
  }

  private VmThreads threads() {
    List<ThreadKindAccount> kinds = new ArrayList<>();
    for (ThreadKind kind : ThreadKind.values()) {
      ThreadTimes times = new ThreadTimes(DAY_NS, some(DAY_NS), some(DAY_NS));
      kinds.add(new ThreadKindAccount(kind, times, Map.of()));
    }
    return new VmThreads(List.of(), kinds);
  }

  private VcpuAccount vcpu(Vcpu vcpu) {
    Reading earlier = reading(new long[Line.values().length]);
    Reading now = reading(lines());
    return new VcpuAccount(vcpu, 0, now, Map.of(Window.ONE_MINUTE, new Change(earlier, now)));
  }

  private long[] lines() {
    long[] ns = new long[Line.values().length];
    for (Line line : Line.of(Tier.EXACT)) {
      ns[line.ordinal()] = some(DAY_NS);
    }
    return ns;
  }

  private Reading reading(long... lines) {
    ExitCounts.Builder exits = ExitCounts.builder(some(DAY_NS));
    TOLD.forEach(exitClass -> exits.set(exitClass, exitsOf(exitClass)));
    return new Reading(
        some(DAY_NS),
        some(DAY_NS),
        1,
        LineTimes.of(Tier.EXACT, lines),
        Optional.of(exits.build()),
        Optional.of(detail()));
  }

  private ExactDetail detail() {
    long[] ns = new long[ExitClass.values().length];
    List<Log2Histogram> durations = new ArrayList<>();
    for (ExitClass exitClass : ExitClass.values()) {
      boolean caused = CAUSED.contains(exitClass);
      ns[exitClass.ordinal()] = caused ? some(DAY_NS) : 0;
      durations.add(caused ? histogram() : Log2Histogram.empty());
    }
    Scheduling scheduling =
        new Scheduling(histogram(), SECOND_NS, some(SECOND_NS), some(SECOND_NS), OptionalInt.of(0));
    return new ExactDetail(
        new ExitTimes(ns, durations), scheduling, 0, 0, 0, 0, OptionalLong.empty());
  }

  private long exitsOf(ExitClass exitClass) {
    return CAUSED.contains(exitClass) ? some(SECOND_NS) : 0;
  }

  private Log2Histogram histogram() {
    long[] counts = new long[Log2Histogram.BUCKETS];
    for (int i = 0; i < BUCKETS_IN_USE; i++) {
      counts[FIRST_BUCKET + i] = some(SECOND_NS);
    }
    return Log2Histogram.of(counts, 0);
  }

  private long some(long below) {
    return random.nextLong(below);
  }
}
