package org.vcpuacct.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
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
}
