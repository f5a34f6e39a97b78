package org.vcpuacct.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the controller does for call processing: its calls, simulated, answer to what it says. */
class ClosedLoopTest {

  /** A thousand calls a second at most: few enough for chance to show in each sample. */
  private static final String CALL = "call-us=2000";

  private static final String QUEUE = "queue=1000";
  private static final double SETTLED = 10;

  @TempDir private static Path folder;
  private static CallSim callSim;

  @BeforeAll
  static void build() throws Exception {
    callSim = CallSim.build(folder);
  }

  private static CallSim.Run controlled(String admission, String... more) throws Exception {
    String[] settings = new String[more.length + 3];
    settings[0] = CALL;
    settings[1] = QUEUE;
    settings[2] = "admission=" + admission;
    System.arraycopy(more, 0, settings, 3, more.length);
    return callSim.simulate(settings);
  }

  /** The most that can be done: the best of all constant reductions, each from the start. */
  private static long bestDone(double offered, double seconds, String... more) throws Exception {
    long best = 0;
    for (double let = 0.3; let <= 1.05; let += 0.025) {
      double reduction = Math.max(0, 100 - 100 * let / offered);
      String[] settings = Arrays.copyOf(more, more.length + 3);
      settings[more.length] = "reduction=" + reduction;
      settings[more.length + 1] = "offered=" + offered;
      settings[more.length + 2] = "seconds=" + seconds;
      CallSim.Run run = controlled("fixed", settings);
      best = Math.max(best, run.sum(SETTLED, CallSim.Tally::done));
    }
    return best;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2, 5, 10})
  void getsDoneWhatCanBeDone(double offered) throws Exception {
    double seconds = 30;
    CallSim.Run run = controlled("feed", "offered=" + offered, "seconds=" + seconds);

    long done = run.sum(SETTLED, CallSim.Tally::done);
    assertThat(done).isGreaterThanOrEqualTo((long) (0.9 * bestDone(offered, seconds)));
  }

  /**
   * To turn away nine tenths takes nearly half of the time then; what is left free below the target
   * is more of the other half than of the whole.
   */
  @ParameterizedTest
  @CsvSource({"1, 0.9", "2, 0.9", "5, 0.9", "10, 0.8"})
  void getsDoneWhatCanBeDoneWhenToTurnAwayIsDear(double offered, double part) throws Exception {
    String dear = "turn-away-us=100";
    CallSim.Run run = controlled("feed", "offered=" + offered, "seconds=60", dear);

    long done = run.sum(SETTLED, CallSim.Tally::done);
    assertThat(done).isGreaterThanOrEqualTo((long) (part * bestDone(offered, 60, dear)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 1.1, 1.5, 2, 5, 10})
  void doesNotOscillateAtAConstantLoad(double offered) throws Exception {
    CallSim.Run run = controlled("feed", "offered=" + offered, "seconds=60");

    List<Integer> reductions = run.reductions(SETTLED);
    assertThat(reductions).hasSize(50);
    assertThat(Collections.max(reductions) - Collections.min(reductions)).isLessThanOrEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(doubles = {30.0, 30.25, 30.5, 30.75, 30.99})
  void isOverWithinFiveSecondsOfTheEndOfTheOverload(double endSeconds) throws Exception {
    String offered = "offered=0.5,10@10,0.5@" + endSeconds;
    CallSim.Run run = controlled("feed", offered, "seconds=50");

    assertThat(run.reductions(20).subList(0, 9)).allSatisfy(r -> assertThat(r).isGreaterThan(85));
    assertThat(run.reductions(endSeconds + 5)).containsOnly(0);
    // A tally has 50 calls, give or take what is still under way at its end.
    assertThat(run.last(tally -> tally.done() < 0.6 * tally.offered()))
        .isBetween(12.0, endSeconds + 5);
  }

  @Test
  void shedsNothingForANoisyNeighbour() throws Exception {
    CallSim.Run run = controlled("feed", "offered=0.6", "neighbour=0,0.5@10", "seconds=30");

    assertThat(run.reductions(0)).containsOnly(0);
    assertThat(run.said().subList(12, 30))
        .allSatisfy(said -> assertThat(said.cause()).isEqualTo("contention"));
  }

  @Test
  void emergencyCallsAreDoneAtTenTimesTheCapacity() throws Exception {
    CallSim.Run run = controlled("feed", "offered=10", "seconds=30");

    long emergencies = run.sum(SETTLED, CallSim.Tally::emergencies);
    assertThat(emergencies).isGreaterThan(1_000);
    assertThat(run.sum(SETTLED, CallSim.Tally::emergenciesDone))
        .isGreaterThan((long) (0.98 * emergencies));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "guest-cpu"})
  void nextToNothingIsDoneWithoutTheHostsAccount(String admission) throws Exception {
    CallSim.Run run = controlled(admission, "offered=2", "seconds=30");

    long offered = run.sum(SETTLED, CallSim.Tally::offered);
    assertThat(run.sum(SETTLED, CallSim.Tally::done)).isLessThan((long) (0.05 * offered));
  }
}
