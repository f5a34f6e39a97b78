package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vcpuacct.kernel.LedgerModel.Line;

/** What holds of every account, whatever happened. */
class LedgerModelPropertyTest {

  private static final int SEQUENCES = 3_000;

  @Test
  void everyAccountOfEventsInAnyOrderBalances() {
    everyAccountBalances(seed -> LedgerEvents.arbitrary(seed, 120));
  }

  @Test
  void everyAccountOfALifeThatWasOnlyPartlySeenBalances() {
    everyAccountBalances(seed -> LedgerEvents.disturbed(seed, 20));
  }

  private static void everyAccountBalances(LongFunction<List<LedgerEvent>> generator) {
    for (long seed = 0; seed < SEQUENCES; seed++) {
      LedgerModel model = new LedgerModel(LedgerEvents.OPENED_NS);
      for (LedgerEvent event : generator.apply(seed)) {
        model.apply(event);
      }
      AccountBalance.assertBalanced("seed " + seed, model.account());
    }
  }

  @Test
  void noLineIsNegativeAndNoTimeIsLostAfterAnyEvent() {
    for (long seed = 0; seed < SEQUENCES / 20; seed++) {
      LedgerModel model = new LedgerModel(LedgerEvents.OPENED_NS);
      int number = 0;
      for (LedgerEvent event : LedgerEvents.arbitrary(seed, 120)) {
        model.apply(event);
        AccountBalance.assertBalanced(
            "seed " + seed + ", event " + number++ + " " + event, model.account());
      }
    }
  }

  @Test
  void aLifeThatWasSeenWholeIsPostedAsItWasLived() {
    for (long seed = 0; seed < SEQUENCES; seed++) {
      VcpuLife life = VcpuLife.of(seed, 20);
      LedgerModel model = new LedgerModel(LedgerEvents.OPENED_NS);
      life.events().forEach(model::apply);

      for (Line line : Line.values()) {
        assertThat(model.ns(line)).as("seed %d, %s", seed, line).isEqualTo(life.ns(line));
      }
    }
  }

  @Test
  void aLifeThatWasSeenWholeAgreesWithTheKernelsOwnFigures() {
    for (long seed = 0; seed < SEQUENCES; seed++) {
      VcpuLife life = VcpuLife.of(seed, 20);
      LedgerModel model = new LedgerModel(LedgerEvents.OPENED_NS);
      life.events().forEach(model::apply);
      Map<String, Long> account = model.account();

      assertThat(account).as("seed %d", seed).containsEntry("missedExits", 0L);
      assertThat(account).as("seed %d", seed).containsEntry("missedWakeups", 0L);
      assertThat(latenciesIn(account)).as("seed %d", seed).isEqualTo(life.wakeups());
      assertThat(account.get("kernelPollNs") - account.get("kernelPollBaseNs"))
          .as("seed %d, polling", seed)
          .isEqualTo(life.ns(Line.POLL));
      assertThat(account.get("kernelRunDelayNs") - account.get("kernelRunDelayBaseNs"))
          .as("seed %d, run_delay", seed)
          .isEqualTo(account.get("runDelayNs") - account.get("runDelayBaseNs"));
    }
  }

  private static long latenciesIn(Map<String, Long> account) {
    return IntStream.range(0, AccountWords.BUCKETS)
        .mapToLong(bucket -> account.get(AccountWords.element("latencyLog2", bucket)))
        .sum();
  }
}
