package org.vcpuacct.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.vcpuacct.kernel.Accounts;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Tier;

class ExactReadingsTest {

  private static final long OPENED_NS = 1_000;
  private static final int PCPU_AT_OPENING = 3;

  private final Accounts account = Accounts.openedAt(OPENED_NS);
  private final ExactReadings readings =
      new ExactReadings(EnumSet.of(ExitClass.IO, ExitClass.HLT, ExitClass.OTHER), PCPU_AT_OPENING);

  private Reading read(long nowNs) {
    return readings.of(account.account(), nowNs);
  }

  private static long ns(Reading reading, Line line) {
    return reading.lines().ns(line).orElseThrow();
  }

  @Test
  void theTimeSinceTheLastEventStandsOnTheOpenLine() {
    account.post(Line.GUEST.number(), 500).open(Line.HALTED.number());
    Reading reading = read(OPENED_NS + 500 + 7_000);

    assertThat(reading.tier()).isEqualTo(Tier.EXACT);
    assertThat(ns(reading, Line.GUEST)).isEqualTo(500);
    assertThat(ns(reading, Line.HALTED)).isEqualTo(7_000);
    assertThat(reading.wallNs()).isEqualTo(7_500);
  }

  @Test
  void anEventAfterTheClockWasReadCounts() {
    account.post(Line.GUEST.number(), 500);
    assertThat(read(OPENED_NS + 400).wallNs()).isEqualTo(500);
  }

  @Test
  void cpuTimeAndWaitAreSumsOfLines() {
    account
        .post(Line.GUEST.number(), 1)
        .post(Line.EXIT.number(), 20)
        .post(Line.VMM.number(), 300)
        .post(Line.POLL.number(), 4_000)
        .post(Line.WAIT_PREEMPTED.number(), 50_000)
        .post(Line.WAIT_WOKEN.number(), 600_000)
        .post(Line.THROTTLED.number(), 7_000_000);
    Reading reading = read(0);

    assertThat(reading.cpuNs()).isEqualTo(4_321);
    assertThat(reading.waitNs()).isEqualTo(7_650_000);
  }

  @Test
  void anExitThatIsStillHandledTakesTheTimeSoFar() {
    account.post(Line.EXIT.number(), 100).exits(ExitClass.IO.number(), 2, 100, 5);
    account.open(Line.EXIT.number()).openExit(ExitClass.HLT.number());
    Reading reading = read(OPENED_NS + 100 + 40);
    ExactDetail detail = reading.detail().orElseThrow();

    assertThat(detail.exitTimes().ns(ExitClass.IO)).isEqualTo(100);
    assertThat(detail.exitTimes().ns(ExitClass.HLT)).isEqualTo(40);
    assertThat(ns(reading, Line.EXIT)).isEqualTo(140);
    assertThat(detail.exitTimes().durations(ExitClass.IO).count(5)).isEqualTo(2);
    assertThat(detail.exitTimes().durations(ExitClass.HLT).total()).isZero();
    assertThat(reading.exits().orElseThrow().total()).isEqualTo(3);
  }

  /** A halt was shown as an exit until the kernel told that it polled. */
  @Test
  void noLineFallsWhenPollingIsMoved() {
    account.open(Line.EXIT.number()).openExit(ExitClass.HLT.number());
    Reading polling = read(OPENED_NS + 1_000);
    account.post(Line.EXIT.number(), 1_100).exits(ExitClass.HLT.number(), 0, 1_100, 0);
    account.move(Line.EXIT.number(), Line.POLL.number(), 900);
    account.exits(ExitClass.HLT.number(), 0, -900, 0).open(Line.GUEST.number());
    Reading after = read(OPENED_NS + 1_100 + 50);

    assertThat(ns(polling, Line.EXIT)).isEqualTo(1_000);
    assertThat(ns(after, Line.EXIT)).isEqualTo(1_000);
    assertThat(after.wallNs()).isEqualTo(1_150);
    assertThat(ns(after, Line.POLL) + ns(after, Line.GUEST)).isEqualTo(150);
    assertThat(after.detail().orElseThrow().exitTimes().ns(ExitClass.HLT)).isEqualTo(1_000);
  }

  @Test
  void classesThatTheArchitectureLacksAreAbsent() {
    account.exits(ExitClass.IO.number(), 4, 0, 3);
    Reading reading = read(OPENED_NS);

    assertThat(reading.exits().orElseThrow().of(ExitClass.IO)).hasValue(4);
    assertThat(reading.exits().orElseThrow().of(ExitClass.WFX)).isEmpty();
  }

  @Test
  void beforeTheFirstSwitchThePcpuIsThatOfTheOpeningAndTheNodeIsNotKnown() {
    Reading before = read(OPENED_NS);
    account.switches(1, 7, 1);
    Reading after = read(OPENED_NS);

    assertThat(before.lastPcpu()).isEqualTo(PCPU_AT_OPENING);
    assertThat(before.detail().orElseThrow().scheduling().lastNode()).isEmpty();
    assertThat(after.lastPcpu()).isEqualTo(7);
    assertThat(after.detail().orElseThrow().scheduling().lastNode()).hasValue(1);
  }
}
