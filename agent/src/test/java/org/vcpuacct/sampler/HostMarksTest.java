package org.vcpuacct.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ledger.RollUpTimes;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.vm.ThreadEvidence;
import org.vcpuacct.vm.Vcpu;

class HostMarksTest {

  private static final long MS_NS = 1_000_000;
  private static final int ACCOUNT_MS = 100_000;

  private final HostMarks marks = new HostMarks();
  private Optional<GuestLoad> before = Optional.empty();
  private Optional<GuestLoad> last = Optional.empty();

  /** The guest has reported at this time. */
  private void report(long atMs) {
    before = last;
    GuestCpu cpu = new GuestCpu(OptionalInt.of(0), Map.of(GuestTime.USER, atMs * MS_NS));
    last =
        Optional.of(
            new GuestLoad(
                atMs * MS_NS, List.of(cpu), Optional.empty(), GuestSource.QEMU_GUEST_AGENT));
  }

  /** The guest was started anew. */
  private void forgetEarlierReports() {
    before = Optional.empty();
  }

  /** A step at a time at which the account has this much time in the guest; the rest was halted. */
  private GuestView step(long atMs, long guestMs) {
    return step(ACCOUNT_MS, atMs, guestMs);
  }

  private GuestView step(long accountMs, long atMs, long guestMs) {
    long[] ns = new long[Line.values().length];
    ns[Line.GUEST.ordinal()] = guestMs * MS_NS;
    ns[Line.HALTED.ordinal()] = (atMs - accountMs - guestMs) * MS_NS;
    Reading reading =
        new Reading(0, 0, 0, LineTimes.of(Tier.EXACT, ns), Optional.empty(), Optional.empty());
    VcpuAccount account =
        new VcpuAccount(
            new Vcpu(0, 41, ThreadEvidence.KVM_DEBUGFS), accountMs * MS_NS, reading, Map.of());
    GuestReport report =
        new GuestReport(
            GuestState.OK, last, before, OptionalLong.empty(), OptionalLong.empty(), "");
    return marks.view(report, List.of(account));
  }

  @Test
  void theHostsTimeIsOfTheInstantsOfTheReports() {
    step(101_000, 0);
    report(101_400);
    assertThat(step(102_000, 500).host()).isEmpty();
    step(103_000, 1_500);
    report(103_250);

    RollUpTimes host = step(104_000, 1_500).host().get(0);

    // At the first report 0.4 of the 500 ms had passed, at the second 1500 ms.
    assertThat(host.ns(RollUp.USEFUL)).isCloseTo(1_300 * MS_NS, within(1L));
    assertThat(host.wallNs()).isCloseTo(1_850 * MS_NS, within(1L));
  }

  @Test
  void whatWasMeasuredStaysUntilTheNextReport() {
    step(101_000, 0);
    report(101_500);
    step(102_000, 0);
    report(102_500);
    Map<Integer, RollUpTimes> host = step(103_000, 0).host();

    assertThat(host).hasSize(1);
    assertThat(step(104_000, 700).host()).isEqualTo(host);
  }

  @Test
  void aReportFromBeforeTheAccountIsNotCompared() {
    report(100_500);
    step(101_000, 0);
    report(101_500);

    assertThat(step(102_000, 0).host()).isEmpty();
  }

  @Test
  void anAccountThatWasOpenedAnewIsNotComparedWithTheOldOne() {
    step(101_000, 0);
    report(101_500);
    step(102_000, 0);
    step(102_500, 103_000, 0);
    report(103_500);

    assertThat(step(102_500, 104_000, 0).host()).isEmpty();
  }

  @Test
  void aGuestThatWasStartedAnewIsNotComparedWithTheOldOne() {
    step(101_000, 0);
    report(101_500);
    step(102_000, 0);
    report(102_500);
    assertThat(step(103_000, 0).host()).hasSize(1);
    report(103_500);
    forgetEarlierReports();

    assertThat(step(104_000, 0).host()).isEmpty();
  }

  @Test
  void twoReportsBetweenTwoStepsAreCompared() {
    step(101_000, 0);
    report(101_250);
    report(101_750);

    RollUpTimes host = step(102_000, 1_000).host().get(0);

    assertThat(host.ns(RollUp.USEFUL)).isCloseTo(500 * MS_NS, within(1L));
    assertThat(host.wallNs()).isCloseTo(500 * MS_NS, within(1L));
  }

  @Test
  void aGuestThatHasNotReportedIsNotCompared() {
    assertThat(step(101_000, 0).host()).isEmpty();
  }
}
