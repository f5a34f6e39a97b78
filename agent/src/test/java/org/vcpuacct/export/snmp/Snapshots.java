package org.vcpuacct.export.snmp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.vcpuacct.host.CpuStat;
import org.vcpuacct.host.Limit;
import org.vcpuacct.ledger.AgentStats;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.KvmStat;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.vm.ThreadEvidence;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.Vmm;

/** Builds snapshots for tests. Every figure follows from the seed, the VM and the vCPU. */
final class Snapshots {

  static final CpuStat HOST_CPU =
      new CpuStat(101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 5_000_000_000L, 112, 2);

  private static final long SECOND_NS = 1_000_000_000L;

  private final List<VmAccount> vms = new ArrayList<>();
  private final List<Limit> limits = new ArrayList<>();
  private Optional<CpuStat> hostCpu = Optional.of(HOST_CPU);

  /** One VM of each tier, and one whose threads are not known. */
  static Snapshot ofEveryTier() {
    return new Snapshots()
        .vm(1, "exact", Tier.EXACT, 2)
        .vm(3, "counted", Tier.COUNTED, 3)
        .vm(40, "sampled", Tier.SAMPLED, 1)
        .vmWithoutThreads(41, "starting", 2)
        .limit("tracefs: permission denied", "exits are absent", "run as root")
        .build();
  }

  Snapshots withoutHostCpu() {
    hostCpu = Optional.empty();
    return this;
  }

  Snapshots limit(String what, String consequence, String mend) {
    limits.add(new Limit(what, consequence, mend));
    return this;
  }

  Snapshots vm(int index, String name, Tier tier, int vcpus) {
    List<VcpuAccount> accounts = new ArrayList<>();
    for (int id = 0; id < vcpus; id++) {
      accounts.add(account(index, id, tier));
    }
    return vm(index, name, accounts, List.of());
  }

  /** VMs of one vCPU each and all of the same name, by index from 1. */
  Snapshots vms(int count, String name) {
    for (int index = 1; index <= count; index++) {
      vm(index, name, Tier.SAMPLED, 1);
    }
    return this;
  }

  Snapshots vmWithoutThreads(int index, String name, int vcpus) {
    List<Integer> ids = new ArrayList<>();
    for (int id = 0; id < vcpus; id++) {
      ids.add(id);
    }
    return vm(index, name, List.of(), ids);
  }

  Snapshots vm(int index, String name, List<VcpuAccount> accounts, List<Integer> withoutThread) {
    List<Vcpu> vcpus = accounts.stream().map(VcpuAccount::vcpu).toList();
    Optional<UUID> uuid = index % 2 == 1 ? Optional.of(new UUID(7, index)) : Optional.empty();
    Vm vm =
        new Vm(
            1000 + index,
            5,
            12,
            Vmm.QEMU,
            name,
            uuid.isPresent(),
            uuid,
            vcpus,
            withoutThread,
            Optional.empty(),
            List.of());
    Map<KvmStat, Long> stats = new EnumMap<>(KvmStat.class);
    if (index % 2 == 1) {
      Arrays.stream(KvmStat.values()).forEach(stat -> stats.put(stat, 90L + stat.number()));
    }
    vms.add(new VmAccount(index, vm, 20 * SECOND_NS, stats, accounts));
    return this;
  }

  Snapshot build() {
    AgentStats agent = new AgentStats(12, 34_000, 56_000, 7_000);
    return new Snapshot(
        100 * SECOND_NS, 1_700_000_000_500L, Tier.EXACT, vms, hostCpu, agent, limits);
  }

  /** An account whose three windows have been observed. */
  static VcpuAccount account(int vm, int id, Tier tier) {
    Vcpu vcpu = new Vcpu(id, 10_000 * vm + id + 1, ThreadEvidence.KVM_DEBUGFS);
    long seed = 1_000L * vm + 10L * id;
    Reading earlier = reading(tier, seed);
    Reading later = reading(tier, 3 * seed);
    Change change = new Change(earlier, later);
    Map<Window, Change> changes = new EnumMap<>(Window.class);
    Arrays.stream(Window.values()).forEach(window -> changes.put(window, change));
    return new VcpuAccount(vcpu, 30 * SECOND_NS, later, changes);
  }

  /** A reading in which line number n stands at {@code seed + n} ms. */
  static Reading reading(Tier tier, long seed) {
    long[] ns = new long[Line.values().length];
    for (Line line : Line.of(tier)) {
      ns[line.ordinal()] = (seed + line.number()) * 1_000_000;
    }
    return new Reading(
        seed * 3_000_000,
        seed * 1_000_000,
        1,
        LineTimes.of(tier, ns),
        exits(tier, seed),
        Optional.empty());
  }

  /** Class number n stands at {@code seed + n}; the classes of arm64 cannot be told. */
  private static Optional<ExitCounts> exits(Tier tier, long seed) {
    if (tier == Tier.SAMPLED) {
      return Optional.empty();
    }
    ExitCounts.Builder counts = ExitCounts.builder(seed * 100);
    for (ExitClass exitClass : ExitClass.values()) {
      if (exitClass != ExitClass.WFX
          && exitClass != ExitClass.SYSREG
          && exitClass != ExitClass.SMC_HVC) {
        counts.set(exitClass, seed + exitClass.number());
      }
    }
    return Optional.of(counts.build());
  }
}
