package org.vcpuacct.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitTimesTest {

  private static final int CLASSES = ExitClass.values().length;

  @Test
  void timesAndDurationsAreThoseOfTheClass() {
    long[] ns = new long[CLASSES];
    ns[ExitClass.IO.ordinal()] = 5_000;
    ns[ExitClass.OTHER.ordinal()] = 7;
    List<Log2Histogram> durations = new ArrayList<>(none(CLASSES));
    durations.set(ExitClass.OTHER.ordinal(), Snapshots.histogram(2, 1));

    ExitTimes times = new ExitTimes(ns, durations);
    ns[ExitClass.IO.ordinal()] = 0;
    durations.clear();

    assertThat(times.ns(ExitClass.IO)).isEqualTo(5_000);
    assertThat(times.ns(ExitClass.OTHER)).isEqualTo(7);
    assertThat(times.ns(ExitClass.MMIO)).isZero();
    assertThat(times.durations(ExitClass.OTHER)).isEqualTo(Snapshots.histogram(2, 1));
    assertThat(times.durations(ExitClass.IO)).isEqualTo(Log2Histogram.empty());
  }

  @Test
  void noClassIsMissing() {
    assertThatThrownBy(() -> new ExitTimes(new long[CLASSES - 1], none(CLASSES)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("20 and 21 of 21 classes");
    assertThatThrownBy(() -> new ExitTimes(new long[CLASSES], none(CLASSES + 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("21 and 22 of 21 classes");
  }

  private static List<Log2Histogram> none(int size) {
    return Collections.nCopies(size, Log2Histogram.empty());
  }
}
