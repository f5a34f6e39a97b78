package org.vcpuacct.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.Window;

class WindowHistoryTest {

  private static final long SECOND_NS = 1_000_000_000;

  @Test
  void theLastIntervalIsThereAtOnce() {
    WindowHistory<Reading, Change> history =
        new WindowHistory<>(asleepFor(0), Reading::wallNs, Change::new);

    Map<Window, Change> changes = history.changesUpTo(asleepFor(1));

    assertThat(changes).containsOnlyKeys(Window.LAST_INTERVAL);
    assertThat(changes.get(Window.LAST_INTERVAL).wallNs()).isEqualTo(SECOND_NS);
  }

  @Test
  void aWindowIsMissingUntilItHasBeenObservedWhole() {
    WindowHistory<Reading, Change> history =
        new WindowHistory<>(asleepFor(0), Reading::wallNs, Change::new);

    for (int second = 1; second <= 600; second++) {
      Map<Window, Change> changes = history.changesUpTo(asleepFor(second));
      assertThat(changes.containsKey(Window.ONE_MINUTE)).isEqualTo(second >= 60);
      assertThat(changes.containsKey(Window.FIVE_MINUTES)).isEqualTo(second >= 300);
    }
  }

  @Test
  void aWindowIsNeverLongerThanItsNameByMoreThanATwelfth() {
    WindowHistory<Reading, Change> history =
        new WindowHistory<>(asleepFor(0), Reading::wallNs, Change::new);

    for (int second = 1; second <= 1200; second++) {
      Map<Window, Change> changes = history.changesUpTo(asleepFor(second));
      assertLength(changes, Window.ONE_MINUTE, 60, 65);
      assertLength(changes, Window.FIVE_MINUTES, 300, 325);
    }
  }

  private static void assertLength(
      Map<Window, Change> changes, Window window, long fromSeconds, long toSeconds) {
    if (changes.containsKey(window)) {
      assertThat(changes.get(window).wallNs())
          .isBetween(fromSeconds * SECOND_NS, toSeconds * SECOND_NS);
    }
  }

  private static Reading asleepFor(long seconds) {
    long[] ns = new long[Line.values().length];
    ns[Line.ASLEEP.ordinal()] = seconds * SECOND_NS;
    return new Reading(0, 0, 0, LineTimes.of(Tier.SAMPLED, ns), Optional.empty(), Optional.empty());
  }
}
