package org.vcpuacct.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LoadResponseTest {

  private static final double TARGET = 92;

  private final LoadResponse response = new LoadResponse();

  @Test
  void aLoadIsInProportionUntilMoreIsKnown() {
    assertThat(response.factor(46, TARGET)).isEqualTo(2);
    assertThat(response.factor(100, TARGET)).isEqualTo(0.92);
  }

  @Test
  void aBaseIsLearntAndLeftOutOfAccount() {
    learn(40, 0.6, 30);
    // 40 + 0.6 * 20 makes 52, and 40 + 0.6 * 86.7 makes 92.
    assertThat(response.factor(52, TARGET)).isCloseTo(4.33, within(0.05));
  }

  @Test
  void withoutABaseItStaysInProportion() {
    learn(0, 0.9, 30);
    assertThat(response.factor(46, TARGET)).isCloseTo(2, within(1e-9));
  }

  @Test
  void aBaseThatIsNotThereAnyMoreIsForgotten() {
    learn(40, 0.6, 30);
    learn(0, 0.9, 30);
    assertThat(response.factor(46, TARGET)).isCloseTo(2, within(0.01));
  }

  @Test
  void whatFollowsASampleThatSaysNothingIsNotLearntFrom() {
    double admitted = 10;
    for (int i = 0; i < 30; i++) {
      response.miss();
      response.take(admitted, 40 + 0.6 * admitted);
      response.take(2 * admitted, 40 + 1.2 * admitted);
    }
    assertThat(response.factor(46, TARGET)).isEqualTo(2);
  }

  @Test
  void aLoadThatFallsAsMoreIsLetInTellsNothing() {
    for (int i = 0; i < 30; i++) {
      response.take(20, 60);
      response.take(40, 50);
    }
    assertThat(response.factor(46, TARGET)).isEqualTo(2);
  }

  /** However much of the load seems to be base: what is let in next is not without bounds. */
  @Test
  void mostOfALoadIsNeverBase() {
    learn(90, 0.01, 60);
    assertThat(response.factor(10, TARGET)).isCloseTo((TARGET - 8) / 2, within(1e-9));
    assertThat(response.factor(99, TARGET)).isBetween(0.0, 1.0);
  }

  private void learn(double base, double slope, int samples) {
    for (int i = 0; i < samples; i++) {
      double admitted = i % 2 == 0 ? 20 : 40;
      response.take(admitted, base + slope * admitted);
    }
  }
}
