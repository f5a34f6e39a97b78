package org.vcpuacct.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.vcpuacct.guest.GuestCpu;
import org.vcpuacct.guest.GuestLoad;
import org.vcpuacct.guest.GuestReport;
import org.vcpuacct.guest.GuestSource;
import org.vcpuacct.guest.GuestState;
import org.vcpuacct.guest.GuestTime;
import org.vcpuacct.guest.LoadAverages;
import org.vcpuacct.host.CpuStat;
import org.vcpuacct.host.Limit;
import org.vcpuacct.host.PcpuTicks;
import org.vcpuacct.vm.ThreadEvidence;
import org.vcpuacct.vm.ThreadKind;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.Vmm;

/** Builds snapshots for tests. Every figure follows from the seed, the VM and the vCPU. */
public final class Snapshots {

  private static final Map<Integer, PcpuTicks> PCPU_TICKS =
      Map.of(0, new PcpuTicks(361, 106), 1, new PcpuTicks(360, 105));

  public static final CpuStat HOST_CPU =
      new CpuStat(
          101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 5_000_000_000L, 112, PCPU_TICKS);

  private static final List<PcpuShares> PCPUS =
      List.of(new PcpuShares(0, 5_000, 1_500, 500, 3_000), new PcpuShares(1, 0, 0, 100, 9_900));

  private static final Set<ExitClass> ARM64_CLASSES =
      EnumSet.of(ExitClass.WFX, ExitClass.SYSREG, ExitClass.SMC_HVC);
  private static final long SECOND_NS = 1_000_000_000L;

  private final List<VmAccount> vms = new ArrayList<>();
  private final List<Limit> limits = new ArrayList<>();
  private Optional<CpuStat> hostCpu = Optional.of(HOST_CPU);

  /** One VM of each tier, and one whose threads are not known. */
  public static Snapshot ofEveryTier() {
    return new Snapshots()
        .vm(1, "exact", Tier.EXACT, 2)
        .vm(3, "counted", Tier.COUNTED, 3)
        .vm(40, "sampled", Tier.SAMPLED, 1)
        .vmWithoutThreads(41, "starting", 2)
        .limit("tracefs: permission denied", "exits are absent", "run as root")
        .build();
  }

  public Snapshots withoutHostCpu() {
    hostCpu = Optional.empty();
    return this;
  }

  public Snapshots limit(String what, String consequence, String mend) {
    limits.add(new Limit(what, consequence, mend));
    return this;
  }

  public Snapshots vm(int index, String name, Tier tier, int vcpus) {
    List<VcpuAccount> accounts = new ArrayList<>();
    for (int id = 0; id < vcpus; id++) {
      accounts.add(account(index, id, tier));
    }
    return vm(index, name, accounts, List.of());
  }

  /** VMs of one vCPU each and all of the same name, by index from 1. */
  public Snapshots vms(int count, String name) {
    for (int index = 1; index <= count; index++) {
      vm(index, name, Tier.SAMPLED, 1);
    }
    return this;
  }

  public Snapshots vmWithoutThreads(int index, String name, int vcpus) {
    List<Integer> ids = new ArrayList<>();
    for (int id = 0; id < vcpus; id++) {
      ids.add(id);
    }
    return vm(index, name, List.of(), ids);
  }

  public Snapshots vm(
      int index, String name, List<VcpuAccount> accounts, List<Integer> withoutThread) {
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
            List.of(),
            Optional.empty(),
            Optional.empty());
    Map<KvmStat, Long> stats = new EnumMap<>(KvmStat.class);
    if (index % 2 == 1) {
      Arrays.stream(KvmStat.values()).forEach(stat -> stats.put(stat, 90L + stat.number()));
    }
    vms.add(
        new VmAccount(
            index,
            vm,
            20 * SECOND_NS,
            stats,
            accounts,
            threads(index),
            Optional.of(guest(index, accounts))));
    return this;
  }

  public Snapshot build() {
    AgentStats agent = new AgentStats(12, 34_000, 56_000, 7_000);
    return new Snapshot(
        100 * SECOND_NS, 1_700_000_000_500L, Tier.EXACT, vms, nes(), hostCpu, PCPUS, agent, limits);
  }

  /** A guest that was busy for half of the last five seconds, of which steal took a tenth. */
  private static GuestView guest(int vm, List<VcpuAccount> accounts) {
    List<GuestCpu> before = new ArrayList<>();
    List<GuestCpu> last = new ArrayList<>();
    Map<Integer, RollUpTimes> host = new HashMap<>();
    for (VcpuAccount account : accounts) {
      int id = account.vcpu().id();
      before.add(guestCpu(id, 10));
      last.add(guestCpu(id, 15));
      host.put(id, RollUpTimes.of(account.reading().lines()));
    }
    LoadAverages averages = new LoadAverages(vm, vm + 0.5, vm + 0.25);
    GuestLoad lastLoad =
        new GuestLoad(97 * SECOND_NS, last, Optional.of(averages), GuestSource.QEMU_GUEST_AGENT);
    GuestLoad beforeLoad =
        new GuestLoad(92 * SECOND_NS, before, Optional.of(averages), GuestSource.QEMU_GUEST_AGENT);
    GuestReport report =
        new GuestReport(
            GuestState.OK,
            Optional.of(lastLoad),
            Optional.of(beforeLoad),
            OptionalLong.of(40 * SECOND_NS),
            OptionalLong.of(3 * SECOND_NS),
            "");
    return new GuestView(report, host);
  }

  private static GuestCpu guestCpu(int id, int seconds) {
    Map<GuestTime, Long> ns = new EnumMap<>(GuestTime.class);
    Arrays.stream(GuestTime.values()).forEach(time -> ns.put(time, 0L));
    ns.put(GuestTime.USER, seconds * SECOND_NS / 4);
    ns.put(GuestTime.SYSTEM, seconds * SECOND_NS / 4);
    ns.put(GuestTime.IDLE, seconds * SECOND_NS * 4 / 10);
    ns.put(GuestTime.STEAL, seconds * SECOND_NS / 10);
    return new GuestCpu(OptionalInt.of(id), ns);
  }

  /** One thread of each kind, of which kind number n has used n ms more than the kind before. */
  private static VmThreads threads(int vm) {
    List<ThreadAccount> running = new ArrayList<>();
    List<ThreadKindAccount> kinds = new ArrayList<>();
    for (ThreadKind kind : ThreadKind.values()) {
      long ms = 1_000_000L;
      ThreadTimes times = new ThreadTimes(1_000 * ms, (vm + kind.number()) * ms, vm * ms);
      Map<Window, ThreadTimes> changes = new EnumMap<>(Window.class);
      Arrays.stream(Window.values()).forEach(window -> changes.put(window, times));
      int threadId = 20_000 + 100 * vm + kind.number();
      running.add(new ThreadAccount(threadId, kind.label(), kind, 30 * SECOND_NS, times, changes));
      kinds.add(new ThreadKindAccount(kind, times, changes));
    }
    return new VmThreads(running, kinds);
  }

  /** Each VM by itself, named after its index, as VMs may have one name. */
  private List<NeAccount> nes() {
    return vms.stream()
        .map(
            vm ->
                new NeAccount(
                    vm.index(),
                    "ne-" + vm.index(),
                    20 * SECOND_NS,
                    List.of(vm),
                    Optional.of(
                        new Overload(12, 3_000, 95, 20, OverloadLevel.MAJOR, Cause.DEMAND))))
        .toList();
  }

  /** An account whose three windows have been observed. */
  public static VcpuAccount account(int vm, int id, Tier tier) {
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
  public static Reading reading(Tier tier, long seed) {
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
        detail(tier, seed));
  }

  /** Class number n stands at {@code seed + n}; the classes of arm64 cannot be told. */
  private static Optional<ExitCounts> exits(Tier tier, long seed) {
    if (tier == Tier.SAMPLED) {
      return Optional.empty();
    }
    ExitCounts.Builder counts = ExitCounts.builder(seed * 100);
    for (ExitClass exitClass : ExitClass.values()) {
      if (!ARM64_CLASSES.contains(exitClass)) {
        counts.set(exitClass, seed + exitClass.number());
      }
    }
    return Optional.of(counts.build());
  }

  private static Optional<ExactDetail> detail(Tier tier, long seed) {
    if (tier != Tier.EXACT) {
      return Optional.empty();
    }
    Scheduling scheduling =
        new Scheduling(histogram(12, seed), seed * 5_000, seed + 1, seed + 2, OptionalInt.of(1));
    return Optional.of(
        new ExactDetail(
            exitTimes(seed),
            scheduling,
            seed * 100,
            seed + 3,
            seed + 4,
            seed + 5,
            OptionalLong.of(0x8000_0000L + seed)));
  }

  /** Class number n has {@code seed + n} µs and as many exits, all of one bucket. */
  private static ExitTimes exitTimes(long seed) {
    long[] ns = new long[ExitClass.values().length];
    List<Log2Histogram> durations = new ArrayList<>();
    for (ExitClass exitClass : ExitClass.values()) {
      boolean told = !ARM64_CLASSES.contains(exitClass);
      long exits = told ? seed + exitClass.number() : 0;
      ns[exitClass.ordinal()] = exits * 1_000;
      durations.add(histogram(9, exits));
    }
    return new ExitTimes(ns, durations);
  }

  /** A histogram with all its durations in one bucket. */
  public static Log2Histogram histogram(int bucket, long count) {
    long[] counts = new long[Log2Histogram.BUCKETS];
    counts[bucket] = count;
    return Log2Histogram.of(counts, 0);
  }
}
