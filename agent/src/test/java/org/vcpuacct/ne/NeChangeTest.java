package org.vcpuacct.ne;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Snapshots;
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

class NeChangeTest {

  private static final long MS_NS = 1_000_000;
  private static final Window LAST = Window.LAST_INTERVAL;

  /** Lines in ms, in a tier in which exits have no classes of their own. */
  private static VcpuAccount vcpu(int id, Map<Line, Integer> ms) {
    long[] ns = new long[Line.values().length];
    Reading before = reading(ns.clone());
    ms.forEach((line, of) -> ns[line.ordinal()] = of * MS_NS);
    Change change = new Change(before, reading(ns));
    Vcpu vcpu = new Vcpu(id, 100 + id, ThreadEvidence.KVM_DEBUGFS);
    return new VcpuAccount(vcpu, 0, reading(ns), Map.of(LAST, change));
  }

  private static Reading reading(long... ns) {
    LineTimes lines = LineTimes.of(Tier.COUNTED, ns);
    return new Reading(0, 0, 0, lines, Optional.empty(), Optional.empty());
  }

  private static NeAccount ne(int threadMs, VcpuAccount... vcpus) {
    ThreadTimes times = new ThreadTimes(1_000 * MS_NS, threadMs * MS_NS, 0);
    ThreadKindAccount vhost = new ThreadKindAccount(ThreadKind.VHOST, times, Map.of(LAST, times));
    List<VmAccount> vms = new ArrayList<>();
    for (VcpuAccount vcpu : vcpus) {
      VmAccount any = new Snapshots().vm(1, "mme", List.of(vcpu), List.of()).build().vms().get(0);
      VmThreads threads = vms.isEmpty() ? new VmThreads(List.of(), List.of(vhost)) : VmThreads.NONE;
      vms.add(
          new VmAccount(
              vms.size() + 1, any.vm(), 0, Map.of(), any.vcpus(), threads, Optional.empty()));
    }
    return new NeAccount(1, "mme", 0, vms, Optional.empty());
  }

  @Test
  void sharesAreOfAllVcpusTogether() {
    NeAccount ne =
        ne(
            100,
            vcpu(0, Map.of(Line.GUEST, 400, Line.HOST_KERNEL, 100, Line.ASLEEP, 500)),
            vcpu(1, Map.of(Line.WAIT, 250, Line.VMM, 50, Line.ASLEEP, 650, Line.UNKNOWN, 50)));

    NeChange change = NeChange.of(ne, LAST).orElseThrow();

    assertThat(change.share(RollUp.USEFUL)).isEqualTo(2_000);
    assertThat(change.share(RollUp.OVERHEAD)).isEqualTo(750);
    assertThat(change.share(RollUp.CONTENTION)).isEqualTo(1_250);
    assertThat(change.share(RollUp.IDLE)).isEqualTo(5_750);
    assertThat(change.share(RollUp.UNKNOWN)).isEqualTo(250);
    assertThat(change.load()).isEqualTo(4_000);
    assertThat(change.threadShare()).hasValue(500);
  }

  @Test
  void theCauseIsWhatTakesMostOfTheTimeThatIsNotIdle() {
    assertThat(cause(Map.of(Line.GUEST, 30, Line.VMM, 20, Line.ASLEEP, 950)))
        .isEqualTo(Cause.DEMAND);
    assertThat(cause(Map.of(Line.GUEST, 30, Line.VMM, 20, Line.HOST_KERNEL, 11)))
        .isEqualTo(Cause.OVERHEAD);
    assertThat(cause(Map.of(Line.GUEST, 30, Line.WAIT, 31))).isEqualTo(Cause.CONTENTION);
    assertThat(cause(Map.of(Line.ASLEEP, 1_000))).isEqualTo(Cause.NONE);
  }

  private static Cause cause(Map<Line, Integer> ms) {
    return NeChange.of(ne(0, vcpu(0, ms)), LAST).orElseThrow().cause();
  }

  @Test
  void contributorsAreNamedTheLargestFirst() {
    NeAccount ne =
        ne(
            120,
            vcpu(0, Map.of(Line.GUEST, 700, Line.HOST_KERNEL, 231, Line.VMM, 69)),
            vcpu(1, Map.of(Line.WAIT, 300, Line.ASLEEP, 700)));

    NeChange change = NeChange.of(ne, LAST).orElseThrow();

    assertThat(change.contributors(3))
        .extracting(Contributor::toString)
        .containsExactly("WAIT 15.0 %", "HOST_KERNEL 11.6 %", "vhost threads 6.0 %");
    assertThat(change.contributors(9)).hasSize(4);
  }

  @Test
  void exitsAreNamedByTheirClassWhereItIsKnown() {
    Snapshot snapshot = new Snapshots().vm(1, "mme", Tier.EXACT, 1).build();

    List<Contributor> all =
        NeChange.of(snapshot.nes().get(0), LAST).orElseThrow().contributors(100);

    assertThat(all).extracting(Contributor::name).contains("VMM").doesNotContain("EXIT", "GUEST");
    assertThat(all).extracting(Contributor::name).anyMatch(name -> name.endsWith(" exits"));
  }

  @Test
  void aPartDoesNotPassForTheWhole() {
    VcpuAccount justOpened =
        new VcpuAccount(
            new Vcpu(1, 9, ThreadEvidence.KVM_DEBUGFS),
            0,
            reading(new long[Line.values().length]),
            Map.of());

    assertThat(NeChange.of(ne(0, vcpu(0, Map.of(Line.GUEST, 1)), justOpened), LAST)).isEmpty();
    assertThat(NeChange.of(ne(0), LAST)).isEmpty();
  }
}
