package org.vcpuacct.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

  /** A clock may begin anywhere, below zero too. */
  private static final long BEGAN_NS = -seconds(7);

  private int beats;
  private final Heartbeat heartbeat = new Heartbeat(Duration.ofSeconds(15), () -> beats++);

  private static long seconds(long count) {
    return TimeUnit.SECONDS.toNanos(count);
  }

  private long beatAt(long second) {
    return heartbeat.beat(BEGAN_NS + seconds(second));
  }

  @Test
  void beatsOnceInItsTimeHoweverOftenItIsCalled() {
    heartbeat.begin(BEGAN_NS, seconds(1));
    for (int second = 0; second < 60; second++) {
      heartbeat.stepped(BEGAN_NS + seconds(second));
      beatAt(second);
    }
    assertThat(beats).isEqualTo(3);
  }

  @Test
  void saysWhenItIsToBeCalledAgain() {
    heartbeat.begin(BEGAN_NS, seconds(60));

    assertThat(beatAt(0)).isEqualTo(seconds(15));
    assertThat(beatAt(14)).isEqualTo(seconds(1));
    assertThat(beatAt(15)).isEqualTo(seconds(15));
    assertThat(beats).isEqualTo(1);
  }

  @Test
  void aLongIntervalIsNoReasonToCease() {
    heartbeat.begin(BEGAN_NS, seconds(60));
    for (int second = 0; second <= 60; second += 15) {
      beatAt(second);
    }
    assertThat(beats).isEqualTo(4);
  }

  @Test
  void ceasesWhenStepsFailAndGoesOnWithTheNextGoodOne() {
    heartbeat.begin(BEGAN_NS, seconds(10));
    beatAt(15);
    beatAt(30);
    assertThat(beats).as("up to three intervals").isEqualTo(2);
    assertThat(beatAt(45)).isPositive();
    beatAt(60);
    assertThat(beats).as("without a good step").isEqualTo(2);

    heartbeat.stepped(BEGAN_NS + seconds(61));
    beatAt(61);
    assertThat(beats).as("at once with a good step").isEqualTo(3);
  }

  @Test
  void withoutAWatchdogItHasNothingToDo() {
    Heartbeat none = Heartbeat.none();
    none.begin(BEGAN_NS, seconds(1));

    assertThat(none.beat(BEGAN_NS + seconds(3600))).isGreaterThan(seconds(3600));
  }
}
