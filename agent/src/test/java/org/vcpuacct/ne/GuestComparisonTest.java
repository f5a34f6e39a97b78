package org.vcpuacct.ne;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.vcpuacct.guest.GuestCpu;
import org.vcpuacct.guest.GuestLoad;
import org.vcpuacct.guest.GuestReport;
import org.vcpuacct.guest.GuestSource;
import org.vcpuacct.guest.GuestState;
import org.vcpuacct.guest.GuestTime;
import org.vcpuacct.ledger.GuestView;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ledger.RollUpTimes;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VmAccount;

class GuestComparisonTest {

  private static final long MS_NS = 1_000_000;

  /** The case that it is all about: the guest says 40 %, the host is busy all the time. */
  @Test
  void whatAGuestTakesForItsOwnWorkAndWasNoneIsHidden() {
    VmAccount vm =
        vm(
            List.of(Map.of(GuestTime.USER, 300, GuestTime.SYSTEM, 100, GuestTime.IDLE, 600)),
            List.of(Map.of(Line.GUEST, 150, Line.EXIT, 400, Line.VMM, 200, Line.HALTED, 250)));

    GuestComparison beside = GuestComparison.of(vm).orElseThrow();

    assertThat(beside.guestBusyShare()).isEqualTo(4_000);
    assertThat(beside.guestIdleShare()).isEqualTo(6_000);
    assertThat(beside.hostShare(RollUp.USEFUL)).isEqualTo(1_500);
    assertThat(beside.hostShare(RollUp.OVERHEAD)).isEqualTo(6_000);
    assertThat(beside.hiddenShare()).isEqualTo(2_500);
  }

  @Test
  void stealIsSetBesideContention() {
    VmAccount vm =
        vm(
            List.of(Map.of(GuestTime.USER, 450, GuestTime.SOFTIRQ, 50, GuestTime.STEAL, 500)),
            List.of(Map.of(Line.GUEST, 380, Line.WAIT_PREEMPTED, 510, Line.THROTTLED, 110)));

    GuestComparison beside = GuestComparison.of(vm).orElseThrow();

    assertThat(beside.guestStealShare()).isEqualTo(5_000);
    assertThat(beside.hostShare(RollUp.CONTENTION)).isEqualTo(6_200);
    assertThat(beside.untoldContentionShare()).isEqualTo(1_200);
    assertThat(beside.hiddenShare()).isEqualTo(1_200);
  }

  @Test
  void aGuestThatWorkedMoreThanItSaysHidesLessThanNothing() {
    VmAccount vm =
        vm(
            List.of(Map.of(GuestTime.USER, 100, GuestTime.IDLE, 900)),
            List.of(Map.of(Line.GUEST, 950, Line.EXIT, 50)));

    assertThat(GuestComparison.of(vm).orElseThrow().hiddenShare()).isEqualTo(-8_500);
  }

  @Test
  void timeInGuestsOfTheGuestCountsOnce() {
    VmAccount vm =
        vm(
            List.of(Map.of(GuestTime.USER, 400, GuestTime.GUEST, 300, GuestTime.IDLE, 600)),
            List.of(Map.of(Line.GUEST, 400, Line.HALTED, 600)));

    assertThat(GuestComparison.of(vm).orElseThrow().guestBusyShare()).isEqualTo(4_000);
  }

  @Test
  void vcpusAreComparedEachAndTogether() {
    VmAccount vm =
        vm(
            List.of(
                Map.of(GuestTime.USER, 1_000), Map.of(GuestTime.USER, 500, GuestTime.IDLE, 500)),
            List.of(
                Map.of(Line.GUEST, 900, Line.EXIT, 100), Map.of(Line.GUEST, 500, Line.POLL, 500)));

    assertThat(GuestComparison.of(vm).orElseThrow().guestBusyShare()).isEqualTo(7_500);
    assertThat(GuestComparison.of(vm).orElseThrow().hiddenShare()).isEqualTo(500);
    assertThat(GuestComparison.of(vm, 0).orElseThrow().hiddenShare()).isEqualTo(1_000);
    assertThat(GuestComparison.of(vm, 1).orElseThrow().hiddenShare()).isZero();
  }

  @Test
  void aNetworkElementIsComparedIfAllItsGuestsAre() {
    VmAccount busy = vm(List.of(Map.of(GuestTime.USER, 1_000)), List.of(Map.of(Line.GUEST, 1_000)));
    VmAccount idle =
        vm(List.of(Map.of(GuestTime.IDLE, 1_000)), List.of(Map.of(Line.HALTED, 1_000)));
    VmAccount silent = vm(List.of(), List.of(Map.of(Line.HALTED, 1_000)));

    assertThat(GuestComparison.of(ne(busy, idle)).orElseThrow().guestBusyShare()).isEqualTo(5_000);
    assertThat(GuestComparison.of(ne(busy, silent))).isEmpty();
    assertThat(GuestComparison.of(ne())).isEmpty();
  }

  @Test
  void aVcpuThatTheHostDidNotMeasureMeanwhileKeepsTheVmFromBeingCompared() {
    VmAccount vm =
        vm(
            List.of(Map.of(GuestTime.USER, 10), Map.of(GuestTime.USER, 10)),
            List.of(Map.of(Line.GUEST, 10), Map.of()));

    assertThat(GuestComparison.of(vm)).isEmpty();
    assertThat(GuestComparison.of(vm, 0)).isPresent();
    assertThat(GuestComparison.of(vm, 1)).isEmpty();
  }

  private static NeAccount ne(VmAccount... vms) {
    return new NeAccount(1, "ne", 0, List.of(vms), Optional.empty());
  }

  /**
   * A VM whose guest has reported twice.
   *
   * @param guest what each of the guest's CPUs has added, ms
   * @param host what each vCPU has added meanwhile, ms; nothing if it was not measured
   */
  private static VmAccount vm(List<Map<GuestTime, Integer>> guest, List<Map<Line, Integer>> host) {
    Map<Integer, RollUpTimes> measured = new HashMap<>();
    for (int id = 0; id < host.size(); id++) {
      if (!host.get(id).isEmpty()) {
        measured.put(id, rollUps(host.get(id)));
      }
    }
    GuestReport report =
        new GuestReport(
            GuestState.OK,
            load(guest, 5_000),
            load(guest, 0),
            OptionalLong.of(0),
            OptionalLong.of(0),
            "");
    VmAccount any = new Snapshots().vm(1, "vm", Tier.EXACT, host.size()).build().vms().get(0);
    return new VmAccount(
        1,
        any.vm(),
        0,
        Map.of(),
        any.vcpus(),
        any.threads(),
        Optional.of(new GuestView(report, measured)));
  }

  private static Optional<GuestLoad> load(List<Map<GuestTime, Integer>> added, long atMs) {
    List<GuestCpu> cpus = new ArrayList<>();
    for (Map<GuestTime, Integer> cpu : added) {
      Map<GuestTime, Long> ns = new EnumMap<>(GuestTime.class);
      cpu.forEach((time, ms) -> ns.put(time, (7 + (atMs > 0 ? ms : 0)) * MS_NS));
      cpus.add(new GuestCpu(OptionalInt.of(cpus.size()), ns));
    }
    return cpus.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new GuestLoad(atMs * MS_NS, cpus, Optional.empty(), GuestSource.QEMU_GUEST_AGENT));
  }

  private static RollUpTimes rollUps(Map<Line, Integer> ms) {
    long[] ns = new long[Line.values().length];
    ms.forEach((line, of) -> ns[line.ordinal()] = of * MS_NS);
    return RollUpTimes.of(LineTimes.of(Tier.EXACT, ns));
  }
}
