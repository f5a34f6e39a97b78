package org.vcpuacct.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.vcpuacct.guest.GuestCpu;
import org.vcpuacct.guest.GuestLoad;
import org.vcpuacct.guest.GuestReport;
import org.vcpuacct.guest.GuestSource;
import org.vcpuacct.guest.GuestState;
import org.vcpuacct.guest.GuestTime;
import org.vcpuacct.guest.LoadAverages;
import org.vcpuacct.ledger.AgentStats;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.ExitTimes;
import org.vcpuacct.ledger.GuestView;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.OverloadLevel;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.RollUpTimes;
import org.vcpuacct.ledger.Scheduling;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.ThreadKindAccount;
import org.vcpuacct.ledger.ThreadTimes;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.VmThreads;
import org.vcpuacct.vm.ThreadEvidence;
import org.vcpuacct.vm.ThreadKind;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.Vmm;

/** A host on which VMs come and go, and tiers change, by a seed. */
final class RandomHost {

  static final long SECOND_NS = 1_000_000_000L;

  private static final int MAX_VMS = 5;
  private static final int MAX_VCPUS = 4;

  private final Random random;
  private final Map<Integer, Guest> guests = new TreeMap<>();
  private long nowNs;
  private long epochMillis = 1_700_000_000_000L;
  private long sequence;

  RandomHost(long seed) {
    random = new Random(seed);
    nowNs = 1_000 * SECOND_NS + random.nextInt(1_000_000_000);
  }

  /** A VM, and the accounts that are open. */
  private static final class Guest {
    private final Vm vm;
    private final long sinceNs;
    private final Map<Integer, Account> accounts = new TreeMap<>();
    private long threadNs;
    private Optional<GuestLoad> last = Optional.empty();
    private Optional<GuestLoad> before = Optional.empty();
    private Map<Integer, RollUpTimes> host = Map.of();

    Guest(Vm vm, long sinceNs) {
      this.vm = vm;
      this.sinceNs = sinceNs;
    }
  }

  /** An account and what stands in it. */
  private static final class Account {
    private final Vcpu vcpu;
    private final Tier tier;
    private final long sinceNs;
    private final long[] lines = new long[Line.values().length];
    private final long[] exits = new long[ExitClass.values().length];
    private final long[] exitNs = new long[ExitClass.values().length];
    private final long[][] durations = new long[ExitClass.values().length][Log2Histogram.BUCKETS];
    private final long[] latency = new long[Log2Histogram.BUCKETS];
    private long migrations;

    Account(Vcpu vcpu, Tier tier, long sinceNs) {
      this.vcpu = vcpu;
      this.tier = tier;
      this.sinceNs = sinceNs;
    }

    long wallNs() {
      long wallNs = 0;
      for (long ns : lines) {
        wallNs += ns;
      }
      return wallNs;
    }
  }

  /**
   * What is known a second later, or nearly.
   *
   * @param clockSetByMs by how much the wall clock shows more than it would, ms
   */
  Snapshot next(long clockSetByMs) {
    long stepNs = SECOND_NS + random.nextInt(2_000_000);
    nowNs += stepNs;
    epochMillis += stepNs / 1_000_000;
    comeAndGo();
    List<VmAccount> vms = new ArrayList<>();
    guests.forEach((index, guest) -> vms.add(account(index, guest)));
    return new Snapshot(
        nowNs,
        epochMillis + clockSetByMs,
        Tier.EXACT,
        vms,
        elements(vms),
        Optional.empty(),
        List.of(),
        new AgentStats(1, 0, 0, 0),
        List.of());
  }

  private void comeAndGo() {
    int index = 1 + random.nextInt(MAX_VMS);
    if (!guests.containsKey(index)) {
      guests.put(index, new Guest(vm(index), nowNs));
    } else if (random.nextInt(20) == 0) {
      guests.remove(index);
    }
    for (Guest guest : guests.values()) {
      int id = random.nextInt(MAX_VCPUS);
      if (!guest.accounts.containsKey(id)) {
        Tier tier = Tier.values()[random.nextInt(Tier.values().length)];
        Vcpu vcpu = new Vcpu(id, 100 + random.nextInt(9_000), ThreadEvidence.KVM_BPF);
        guest.accounts.put(id, new Account(vcpu, tier, nowNs - random.nextInt(1_000_000)));
      } else if (random.nextInt(30) == 0) {
        guest.accounts.remove(id);
      }
    }
  }

  private Vm vm(int index) {
    int pid = 1_000 + random.nextInt(9_000);
    return new Vm(
        pid,
        random.nextInt(1 << 30),
        12,
        Vmm.QEMU,
        "vm-" + index,
        random.nextBoolean(),
        random.nextBoolean() ? Optional.of(new UUID(random.nextLong(), 7)) : Optional.empty(),
        List.of(),
        pid % 2 == 0 ? List.of(60, 61) : List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private VmAccount account(int index, Guest guest) {
    List<VcpuAccount> vcpus = new ArrayList<>();
    guest.accounts.values().forEach(account -> vcpus.add(advance(account)));
    guest.threadNs += random.nextInt(10_000_000);
    ThreadTimes times = new ThreadTimes(nowNs - guest.sinceNs, guest.threadNs, guest.threadNs / 2);
    VmThreads threads =
        new VmThreads(
            List.of(), List.of(new ThreadKindAccount(ThreadKind.EMULATOR, times, Map.of())));
    return new VmAccount(
        index, guest.vm, guest.sinceNs, Map.of(), vcpus, threads, guest(guest, vcpus));
  }

  /** One guest in four is not asked; the others answer now and then. */
  private Optional<GuestView> guest(Guest guest, List<VcpuAccount> vcpus) {
    if (guest.vm.pid() % 4 == 0) {
      return Optional.empty();
    }
    if (random.nextInt(4) == 0) {
      guest.before = guest.last;
      guest.last = Optional.of(load(guest));
      guest.host = new HashMap<>();
      vcpus.forEach(
          vcpu -> guest.host.put(vcpu.vcpu().id(), RollUpTimes.of(vcpu.reading().lines())));
    }
    OptionalLong ageNs =
        guest.last.isPresent()
            ? OptionalLong.of(nowNs - guest.last.get().atNs())
            : OptionalLong.empty();
    boolean well = random.nextInt(10) > 0;
    GuestReport report =
        new GuestReport(
            well ? GuestState.OK : GuestState.NOT_ANSWERING,
            guest.last,
            guest.before,
            guest.last.isPresent() ? OptionalLong.of(guest.sinceNs) : OptionalLong.empty(),
            ageNs,
            well ? "" : "nobody is there");
    return Optional.of(new GuestView(report, guest.host));
  }

  private GuestLoad load(Guest guest) {
    List<GuestCpu> cpus = new ArrayList<>();
    for (int cpu = 0; cpu < 1 + random.nextInt(2); cpu++) {
      Map<GuestTime, Long> timesNs = new EnumMap<>(GuestTime.class);
      timesNs.put(GuestTime.USER, guest.threadNs / 10_000_000 * 10_000_000);
      timesNs.put(GuestTime.IDLE, random.nextInt(1_000) * 10_000_000L);
      cpus.add(new GuestCpu(cpu == 0 ? OptionalInt.empty() : OptionalInt.of(cpu), timesNs));
    }
    Optional<LoadAverages> averages =
        random.nextBoolean() ? Optional.of(new LoadAverages(0.25, 1.5, 12)) : Optional.empty();
    long atNs = nowNs - random.nextInt(900_000_000);
    return new GuestLoad(atNs, cpus, averages, GuestSource.LIBVIRT);
  }

  private VcpuAccount advance(Account account) {
    spread(account, nowNs + random.nextInt(500_000) - account.sinceNs - account.wallNs());
    long cpuNs = account.lines[Line.GUEST.ordinal()] + random.nextInt(1_000_000);
    Reading reading =
        new Reading(
            cpuNs,
            account.lines[Line.WAIT.ordinal()],
            random.nextInt(64),
            LineTimes.of(account.tier, account.lines),
            account.tier == Tier.SAMPLED ? Optional.empty() : Optional.of(exits(account)),
            account.tier == Tier.EXACT ? Optional.of(detail(account)) : Optional.empty());
    return new VcpuAccount(account.vcpu, account.sinceNs, reading, Map.of());
  }

  /** Posts wall time to some lines; the time of exits is that of their classes. */
  private void spread(Account account, long wallNs) {
    long leftNs = wallNs;
    for (Line line : Line.of(account.tier)) {
      if (line != Line.EXIT && random.nextInt(3) > 0) {
        long ns = Math.min(leftNs, (long) (random.nextDouble() * wallNs / 3));
        account.lines[line.ordinal()] += ns;
        leftNs -= ns;
      }
    }
    for (ExitClass exitClass : told()) {
      int exits = random.nextInt(2_000);
      account.exits[exitClass.ordinal()] += exits;
      account.durations[exitClass.ordinal()][10 + random.nextInt(3)] += exits;
      if (account.tier == Tier.EXACT) {
        long ns = Math.min(leftNs, exits * 1_500L);
        account.exitNs[exitClass.ordinal()] += ns;
        account.lines[Line.EXIT.ordinal()] += ns;
        leftNs -= ns;
      }
    }
    account.latency[8 + random.nextInt(8)] += random.nextInt(100);
    account.migrations += random.nextInt(2);
    account.lines[Line.GUEST.ordinal()] += leftNs;
  }

  private static Set<ExitClass> told() {
    return EnumSet.of(ExitClass.IO, ExitClass.HLT, ExitClass.MSR_TIMER, ExitClass.OTHER);
  }

  private static ExitCounts exits(Account account) {
    long total = 3;
    for (ExitClass exitClass : told()) {
      total += account.exits[exitClass.ordinal()];
    }
    ExitCounts.Builder counts = ExitCounts.builder(total);
    told().forEach(of -> counts.set(of, account.exits[of.ordinal()]));
    return counts.build();
  }

  private static ExactDetail detail(Account account) {
    List<Log2Histogram> durations = new ArrayList<>();
    for (long[] counts : account.durations) {
      durations.add(Log2Histogram.of(counts, 0));
    }
    Scheduling scheduling =
        new Scheduling(
            Log2Histogram.of(account.latency, 0),
            77_777,
            account.migrations,
            account.migrations / 3,
            account.migrations == 0 ? OptionalInt.empty() : OptionalInt.of(1));
    return new ExactDetail(
        new ExitTimes(account.exitNs, durations),
        scheduling,
        account.exits[ExitClass.IO.ordinal()],
        5,
        6,
        7,
        account.migrations % 2 == 0 ? OptionalLong.empty() : OptionalLong.of(0x8000_0400L));
  }

  /** VMs 1 and 2 together, the others by themselves. */
  private List<NeAccount> elements(List<VmAccount> vms) {
    Map<Integer, List<VmAccount>> members = new TreeMap<>();
    members.put(2, new ArrayList<>());
    for (VmAccount vm : vms) {
      members.computeIfAbsent(Math.max(2, vm.index()), index -> new ArrayList<>()).add(vm);
    }
    List<NeAccount> elements = new ArrayList<>();
    members.forEach(
        (index, of) ->
            elements.add(new NeAccount(index, "ne-" + index, SECOND_NS, of, overload())));
    return elements;
  }

  private Optional<Overload> overload() {
    if (random.nextInt(3) == 0) {
      return Optional.empty();
    }
    sequence++;
    return Optional.of(
        new Overload(
            sequence, 3_000, random.nextInt(101), 20, OverloadLevel.MINOR, Cause.CONTENTION));
  }
}
