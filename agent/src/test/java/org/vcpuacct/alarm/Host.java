package org.vcpuacct.alarm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.vcpuacct.guest.GuestReport;
import org.vcpuacct.guest.GuestState;
import org.vcpuacct.ledger.AgentStats;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.ExitTimes;
import org.vcpuacct.ledger.GuestView;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Scheduling;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.VmThreads;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.vm.ThreadEvidence;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.Vmm;

/** A host whose figures a test sets, second by second. */
final class Host {

  static final long SECOND_NS = 1_000_000_000L;

  private static final long MS_NS = 1_000_000;

  private long nowNs = 1_000 * SECOND_NS;
  private Tier tier = Tier.EXACT;
  private long latenessMs;

  Host measuredWith(Tier by) {
    tier = by;
    return this;
  }

  Host late(long ms) {
    latenessMs = ms;
    return this;
  }

  /** What is known a second later. */
  Snapshot after(long seconds, NeAccount... elements) {
    nowNs += seconds * SECOND_NS;
    List<NeAccount> nes = List.of(elements);
    List<VmAccount> vms = nes.stream().flatMap(ne -> ne.vms().stream()).toList();
    return new Snapshot(
        nowNs,
        1_700_000_000_000L + nowNs / MS_NS,
        tier,
        vms,
        nes,
        Optional.empty(),
        List.of(),
        new AgentStats(1, latenessMs * MS_NS, 0, 0),
        List.of());
  }

  static NeAccount ne(int index, String name, VmAccount... vms) {
    return new NeAccount(index, name, 0, List.of(vms), Optional.empty());
  }

  static VmAccount vm(int index, String name, VcpuAccount... vcpus) {
    return vm(index, name, true, Optional.empty(), vcpus);
  }

  static VmAccount vmWithoutName(int index, VcpuAccount... vcpus) {
    return vm(index, "vmm-" + index, false, Optional.empty(), vcpus);
  }

  /** A VM since second 900, whose guest was found so. */
  static VmAccount vm(int index, String name, GuestState state, OptionalLong ageSeconds) {
    OptionalLong ageNs =
        ageSeconds.isPresent()
            ? OptionalLong.of(ageSeconds.getAsLong() * SECOND_NS)
            : OptionalLong.empty();
    GuestReport report =
        new GuestReport(state, Optional.empty(), Optional.empty(), OptionalLong.empty(), ageNs, "");
    return vm(index, name, true, Optional.of(new GuestView(report, Map.of())));
  }

  private static VmAccount vm(
      int index, String name, boolean named, Optional<GuestView> guest, VcpuAccount... vcpus) {
    Vm vm =
        new Vm(
            1_000 + index,
            5,
            12,
            Vmm.QEMU,
            name,
            named,
            named ? Optional.of(new UUID(7, index)) : Optional.empty(),
            List.of(vcpus).stream().map(VcpuAccount::vcpu).toList(),
            List.of(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    return new VmAccount(
        index, vm, 900 * SECOND_NS, Map.of(), List.of(vcpus), VmThreads.NONE, guest);
  }

  /** A vCPU with these percents of the last second. */
  static VcpuAccount vcpu(int id, int useful, int overhead, int contention) {
    Map<Line, Integer> percent = new EnumMap<>(Line.class);
    percent.put(Line.GUEST, useful);
    percent.put(Line.EXIT, overhead);
    percent.put(Line.WAIT_PREEMPTED, contention);
    percent.put(Line.HALTED, 100 - useful - overhead - contention);
    return account(id, percent, Map.of(), Log2Histogram.empty());
  }

  /** An idle vCPU with so many exits of a class in the last second. */
  static VcpuAccount storming(int id, ExitClass exitClass, long exits) {
    return account(id, Map.of(Line.HALTED, 100), Map.of(exitClass, exits), Log2Histogram.empty());
  }

  /** An idle vCPU that was woken. */
  static VcpuAccount woken(int id, Log2Histogram latency) {
    return account(id, Map.of(Line.HALTED, 100), Map.of(), latency);
  }

  /** A vCPU of which no change is known. */
  static VcpuAccount unknown(int id) {
    VcpuAccount known = vcpu(id, 0, 0, 0);
    return new VcpuAccount(known.vcpu(), 0, known.reading(), Map.of());
  }

  private static VcpuAccount account(
      int id, Map<Line, Integer> percent, Map<ExitClass, Long> exits, Log2Histogram latency) {
    Reading before = reading(Map.of(), Map.of(), Log2Histogram.empty());
    Reading now = reading(percent, exits, latency);
    Change change = new Change(before, now);
    return new VcpuAccount(
        new Vcpu(id, 100 + id, ThreadEvidence.KVM_DEBUGFS),
        0,
        now,
        Map.of(Window.LAST_INTERVAL, change, Window.ONE_MINUTE, change));
  }

  private static Reading reading(
      Map<Line, Integer> percent, Map<ExitClass, Long> exits, Log2Histogram latency) {
    long[] ns = new long[Line.values().length];
    percent.forEach((line, of) -> ns[line.ordinal()] = of * SECOND_NS / 100);
    ExitCounts.Builder counts =
        ExitCounts.builder(exits.values().stream().mapToLong(Long::longValue).sum());
    for (ExitClass exitClass : ExitClass.values()) {
      counts.set(exitClass, exits.getOrDefault(exitClass, 0L));
    }
    List<Log2Histogram> durations =
        new ArrayList<>(Collections.nCopies(ExitClass.values().length, Log2Histogram.empty()));
    ExactDetail detail =
        new ExactDetail(
            new ExitTimes(new long[ExitClass.values().length], durations),
            new Scheduling(latency, 0, 0, 0, OptionalInt.empty()),
            0,
            0,
            0,
            0,
            OptionalLong.empty());
    return new Reading(
        0, 0, 0, LineTimes.of(Tier.EXACT, ns), Optional.of(counts.build()), Optional.of(detail));
  }
}
