package org.vcpuacct.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.OverloadLevel;

class OverloadControllerTest {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final int VALIDITY_MS = 3_000;

  private final OverloadController controller =
      new OverloadController(OverloadPolicy.DEFAULT, VALIDITY_MS, 100, 0);
  private long nowNs;

  private Overload step(double effective, double contention, Cause cause) {
    nowNs += SECOND_NS;
    return controller.step(new LoadSample(effective, contention, cause), nowNs);
  }

  private Overload demand(double load) {
    return step(load, 0, Cause.DEMAND);
  }

  /** Calls for so many times what the element can do, of which it is offered what is let in. */
  private List<Integer> offer(double timesCapacity, int seconds, Random noise) {
    List<Integer> reductions = new ArrayList<>();
    int reduction = 0;
    for (int i = 0; i < seconds; i++) {
      double admitted = timesCapacity * (100 - reduction) * (1 + 0.02 * noise.nextGaussian());
      reduction = demand(Math.min(100, admitted)).reduction();
      reductions.add(reduction);
    }
    return reductions;
  }

  @Test
  void nothingIsShedBelowTheThreshold() {
    for (int i = 0; i < 20; i++) {
      Overload overload = demand(84.9);
      assertThat(overload.reduction()).isZero();
      assertThat(overload.level()).isEqualTo(OverloadLevel.NORMAL);
    }
  }

  @Test
  void anotherPolicyGoesOnFromWhereItIs() {
    Overload before = demand(95);
    for (int i = 0; i < 5; i++) {
      before = demand(100);
    }
    assertThat(before.reduction()).isPositive();

    controller.use(OverloadPolicy.DEFAULT, 9_000);
    Overload after = demand(100);

    assertThat(after.reduction()).isGreaterThanOrEqualTo(before.reduction());
    assertThat(after.validityMs()).isEqualTo(9_000);
    assertThat(after.sequence()).isEqualTo(before.sequence() + 1);
  }

  @Test
  void oneSampleAboveTheThresholdIsNone() {
    assertThat(demand(100).reduction()).isZero();
    assertThat(demand(84).reduction()).isZero();
    assertThat(demand(100).reduction()).isZero();
  }

  @Test
  void shedsFromTheSecondSampleOnByAtMostAStep() {
    demand(100);
    assertThat(demand(100).reduction()).isEqualTo(20);
    assertThat(demand(100).reduction()).isEqualTo(40);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.1, 1.5, 2, 5, 10, 50})
  void settlesWhereTheTargetIsAndStaysThere(double timesCapacity) {
    List<Integer> settled = offer(timesCapacity, 120, new Random(1)).subList(10, 120);
    double ideal = 100 - 92 / timesCapacity;
    assertThat(settled).allSatisfy(r -> assertThat((double) r).isBetween(ideal - 6, ideal + 6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 10})
  void isOverWithinFiveSecondsOfTheEndOfTheOverload(double timesCapacity) {
    offer(timesCapacity, 30, new Random(2));
    assertThat(offer(0.5, 5, new Random(3)).get(4)).isZero();
  }

  @Test
  void doesNotShedForContention() {
    for (int i = 0; i < 10; i++) {
      Overload overload = step(100, 60, Cause.CONTENTION);
      assertThat(overload.reduction()).isZero();
      assertThat(overload.load()).isEqualTo(100);
      assertThat(overload.cause()).isEqualTo(Cause.CONTENTION);
    }
  }

  @Test
  void saysContentionWhereThatKeepsItFromSheddingThoughMostIsDemand() {
    assertThat(step(100, 30, Cause.DEMAND).cause()).isEqualTo(Cause.CONTENTION);
  }

  @Test
  void releasesWhatWasShedWhenTheHostBecomesContended() {
    offer(5, 20, new Random(4));
    int before = demand(92).reduction();
    assertThat(step(100, 60, Cause.CONTENTION).reduction()).isEqualTo(before - 30);
  }

  @Test
  void littleContentionDoesNotHideAnOverload() {
    step(100, 20, Cause.DEMAND);
    assertThat(step(100, 20, Cause.DEMAND).reduction()).isPositive();
  }

  @Test
  void aSampleThatIsMissingDoesNotCount() {
    demand(100);
    assertThat(controller.miss()).isEmpty();
    assertThat(demand(100).reduction()).isZero();
  }

  @Test
  void theSequenceGrowsWithEachChangeAndOnlyThen() {
    assertThat(demand(50).sequence()).isEqualTo(101);
    assertThat(demand(50).sequence()).isEqualTo(101);
    assertThat(demand(51).sequence()).isEqualTo(102);
  }

  @Test
  void theLevelFollowsTheReduction() {
    demand(100);
    assertThat(demand(100).level()).isEqualTo(OverloadLevel.MAJOR);
    assertThat(demand(100).level()).isEqualTo(OverloadLevel.MAJOR);
    assertThat(demand(100).level()).isEqualTo(OverloadLevel.CRITICAL);
  }

  @Test
  void neverShedsAllAsNothingWouldBeLearntThen() {
    for (int i = 0; i < 100; i++) {
      assertThat(demand(100).reduction()).isLessThanOrEqualTo(99);
    }
    assertThat(demand(0).reduction()).isEqualTo(69);
  }
}
