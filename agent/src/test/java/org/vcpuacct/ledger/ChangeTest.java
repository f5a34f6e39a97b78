package org.vcpuacct.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ChangeTest {

  private static final long SECOND_NS = 1_000_000_000;

  @Test
  void sharesAreHundredthsOfAPercentOfTheWallTimeBetween() {
    Change change =
        new Change(
            reading(Tier.COUNTED, SECOND_NS, SECOND_NS, 10),
            reading(Tier.COUNTED, 2 * SECOND_NS, 4 * SECOND_NS, 610));

    assertThat(change.wallNs()).isEqualTo(4 * SECOND_NS);
    assertThat(change.share(Line.GUEST)).hasValue(2500);
    assertThat(change.share(Line.ASLEEP)).hasValue(7500);
    assertThat(change.cpuShare()).hasValue(2500);
    assertThat(change.waitShare()).hasValue(0);
    assertThat(change.exitsPerSecond()).hasValue(150);
    assertThat(change.exitsPerSecond(ExitClass.IO)).hasValue(150);
  }

  @Test
  void whatIsNotMeasuredIsAbsentAndNotZero() {
    Change change =
        new Change(reading(Tier.COUNTED, 0, 0, 0), reading(Tier.COUNTED, SECOND_NS, SECOND_NS, 0));

    assertThat(change.share(Line.POLL)).isEmpty();
    assertThat(change.exitsPerSecond(ExitClass.WFX)).isEmpty();
    assertThat(change.exitsPerSecond(ExitClass.IO)).hasValue(0);
  }

  @Test
  void whatExitsTookIsOfTheTimeBetween() {
    Change change =
        new Change(
            exactReading(SECOND_NS, SECOND_NS / 10, 3), exactReading(3 * SECOND_NS, SECOND_NS, 8));

    assertThat(change.exitShare(ExitClass.IO)).hasValue(4500);
    assertThat(change.exitShare(ExitClass.NPF)).hasValue(0);
    assertThat(change.exitDurations(ExitClass.IO)).contains(Snapshots.histogram(4, 5));
    assertThat(change.exitDurations(ExitClass.NPF)).contains(Log2Histogram.empty());
    assertThat(change.schedulingLatency()).contains(Snapshots.histogram(9, 5));
  }

  @Test
  void inALowerTierWhatExitsTookIsAbsent() {
    Change change =
        new Change(reading(Tier.COUNTED, 0, 0, 0), reading(Tier.COUNTED, SECOND_NS, 0, 5));

    assertThat(change.exitShare(ExitClass.IO)).isEmpty();
    assertThat(change.exitDurations(ExitClass.IO)).isEmpty();
    assertThat(change.schedulingLatency()).isEmpty();
  }

  @Test
  void withoutTimeExitsHaveNoShareOfIt() {
    Reading reading = exactReading(SECOND_NS, SECOND_NS, 5);
    Change change = new Change(reading, reading);

    assertThat(change.exitShare(ExitClass.IO)).isEmpty();
    assertThat(change.exitDurations(ExitClass.IO)).contains(Log2Histogram.empty());
  }

  @Test
  void withoutTimeThereIsNoShare() {
    Reading reading = reading(Tier.COUNTED, SECOND_NS, SECOND_NS, 5);
    Change change = new Change(reading, reading);

    assertThat(change.share(Line.GUEST)).isEmpty();
    assertThat(change.cpuShare()).isEmpty();
    assertThat(change.exitsPerSecond()).isEmpty();
  }

  @Test
  void readingsOfTwoTiersAreNotCompared() {
    Reading counted = reading(Tier.COUNTED, 0, 0, 0);
    Reading sampled = reading(Tier.SAMPLED, 1, 1, 0);

    assertThatThrownBy(() -> new Change(counted, sampled))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLineOutsideTheTierHoldsNoTime() {
    long[] ns = new long[Line.values().length];
    ns[Line.POLL.ordinal()] = 1;

    assertThatThrownBy(() -> LineTimes.of(Tier.SAMPLED, ns))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("POLL");
  }

  private static Reading reading(Tier tier, long guestNs, long asleepNs, long ioExits) {
    long[] ns = new long[Line.values().length];
    ns[Line.GUEST.ordinal()] = guestNs;
    ns[Line.ASLEEP.ordinal()] = asleepNs;
    ExitCounts exits = ExitCounts.builder(ioExits).set(ExitClass.IO, ioExits).build();
    return new Reading(guestNs, 0, 0, LineTimes.of(tier, ns), Optional.of(exits), Optional.empty());
  }

  /** A vCPU that has had so many exits, all of class IO, and as many waits for a pCPU. */
  private static Reading exactReading(long wallNs, long ioNs, long count) {
    long[] lines = new long[Line.values().length];
    lines[Line.GUEST.ordinal()] = wallNs - ioNs;
    lines[Line.EXIT.ordinal()] = ioNs;
    long[] exitNs = new long[ExitClass.values().length];
    exitNs[ExitClass.IO.ordinal()] = ioNs;
    List<Log2Histogram> durations =
        new ArrayList<>(Collections.nCopies(exitNs.length, Log2Histogram.empty()));
    durations.set(ExitClass.IO.ordinal(), Snapshots.histogram(4, count));
    return new Reading(
        wallNs,
        0,
        0,
        LineTimes.of(Tier.EXACT, lines),
        Optional.of(ExitCounts.builder(count).set(ExitClass.IO, count).build()),
        Optional.of(
            new ExactDetail(
                new ExitTimes(exitNs, durations),
                new Scheduling(Snapshots.histogram(9, count), 0, 0, 0, OptionalInt.empty()),
                count,
                0,
                0,
                count,
                OptionalLong.empty())));
  }
}
