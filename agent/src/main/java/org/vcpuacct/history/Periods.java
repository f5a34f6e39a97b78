package org.vcpuacct.history;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.ExitTimes;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Scheduling;
import org.vcpuacct.ledger.ThreadKindAccount;
import org.vcpuacct.ledger.ThreadTimes;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.VmThreads;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.vm.ThreadKind;

/** What changed from one moment to a later one. */
final class Periods {

  private final Moment earlier;
  private final Moment later;
  private final Map<Integer, VmAccount> vmsBefore = new HashMap<>();

  private Periods(Moment earlier, Moment later) {
    this.earlier = earlier;
    this.later = later;
    if (earlier.runEpochMillis() == later.runEpochMillis()) {
      earlier.nes().forEach(ne -> ne.vms().forEach(vm -> vmsBefore.put(vm.index(), vm)));
    }
  }

  /** The period between two moments. */
  static Period between(Moment earlier, Moment later) {
    Periods periods = new Periods(earlier, later);
    return new Period(
        earlier.epochMillis(),
        later.epochMillis(),
        later.nes().stream().map(periods::withChanges).toList());
  }

  private NeAccount withChanges(NeAccount ne) {
    List<VmAccount> vms = ne.vms().stream().map(this::withChanges).toList();
    return new NeAccount(ne.index(), ne.name(), ne.sinceNs(), vms, ne.overload());
  }

  private VmAccount withChanges(VmAccount vm) {
    Optional<VmAccount> before =
        Optional.ofNullable(vmsBefore.get(vm.index()))
            .filter(then -> then.vm().key().equals(vm.vm().key()));
    List<VcpuAccount> vcpus = vm.vcpus().stream().map(vcpu -> withChange(vcpu, before)).toList();
    List<ThreadKindAccount> kinds =
        vm.threads().kinds().stream().map(kind -> withChange(kind, before)).toList();
    return new VmAccount(
        vm.index(),
        vm.vm(),
        vm.sinceNs(),
        vm.kvmStats(),
        vcpus,
        new VmThreads(vm.threads().running(), kinds),
        vm.guest());
  }

  private VcpuAccount withChange(VcpuAccount vcpu, Optional<VmAccount> before) {
    Map<Window, Change> changes =
        readingBefore(vcpu, before)
            .map(reading -> Map.of(Window.LAST_INTERVAL, new Change(reading, vcpu.reading())))
            .orElse(Map.of());
    return new VcpuAccount(vcpu.vcpu(), vcpu.sinceNs(), vcpu.reading(), changes);
  }

  /** What stood in the account then: nothing, if it was opened since. */
  private Optional<Reading> readingBefore(VcpuAccount vcpu, Optional<VmAccount> before) {
    boolean openedSince =
        earlier.runEpochMillis() != later.runEpochMillis() || vcpu.sinceNs() >= earlier.takenNs();
    return openedSince
        ? Optional.of(nothing(vcpu.reading()))
        : before
            .flatMap(vm -> vm.vcpus().stream().filter(of -> isSame(of, vcpu)).findFirst())
            .map(VcpuAccount::reading);
  }

  private static boolean isSame(VcpuAccount one, VcpuAccount other) {
    return one.vcpu().id() == other.vcpu().id()
        && one.sinceNs() == other.sinceNs()
        && one.tier() == other.tier();
  }

  private static ThreadKindAccount withChange(ThreadKindAccount now, Optional<VmAccount> before) {
    ThreadTimes then = before.map(vm -> times(vm.threads(), now.kind())).orElse(ThreadTimes.ZERO);
    return new ThreadKindAccount(
        now.kind(), now.times(), Map.of(Window.LAST_INTERVAL, now.times().since(then)));
  }

  private static ThreadTimes times(VmThreads threads, ThreadKind kind) {
    return threads.kinds().stream()
        .filter(account -> account.kind() == kind)
        .findFirst()
        .map(ThreadKindAccount::times)
        .orElse(ThreadTimes.ZERO);
  }

  /** What stood in an account when it was opened. */
  private static Reading nothing(Reading later) {
    return new Reading(
        0,
        0,
        later.lastPcpu(),
        LineTimes.of(later.tier(), new long[Line.values().length]),
        later.exits().map(Periods::nothing),
        later.detail().map(detail -> nothing()));
  }

  private static ExitCounts nothing(ExitCounts later) {
    ExitCounts.Builder none = ExitCounts.builder(0);
    for (ExitClass exitClass : ExitClass.values()) {
      later.of(exitClass).ifPresent(count -> none.set(exitClass, 0));
    }
    return none.build();
  }

  private static ExactDetail nothing() {
    int classes = ExitClass.values().length;
    return new ExactDetail(
        new ExitTimes(new long[classes], Collections.nCopies(classes, Log2Histogram.empty())),
        new Scheduling(Log2Histogram.empty(), 0, 0, 0, OptionalInt.empty()),
        0,
        0,
        0,
        0,
        OptionalLong.empty());
  }
}
