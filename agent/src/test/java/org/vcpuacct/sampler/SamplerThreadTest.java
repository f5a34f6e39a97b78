package org.vcpuacct.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.config.Config;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.source.TierSelector;

/** On a host that has nothing to read. */
class SamplerThreadTest {

  private static final Duration EVERY = Duration.ofMillis(20);
  private static final long LIMIT_SECONDS = 20;
  private static final long SILENCE_MS = 500;

  @TempDir private Path root;

  private final Semaphore beats = new Semaphore(0);
  private SamplerThread thread;

  @AfterEach
  void close() {
    thread.close();
  }

  private void start(Duration interval, Consumer<Snapshot> publish) {
    HostRoot host = new HostRoot(root);
    Sampler sampler =
        SamplerFactory.withoutState(host, new TierSelector(host, Tier.SAMPLED), Config.defaults());
    thread =
        new SamplerThread(
            sampler,
            interval.toNanos(),
            System::nanoTime,
            publish,
            new Heartbeat(EVERY, beats::release));
    thread.start();
  }

  @Test
  void beatsBetweenStepsThatAreFarApart() throws InterruptedException {
    start(Duration.ofMinutes(1), snapshot -> {});

    assertThat(beats.tryAcquire(5, LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anotherIntervalTakesEffectAtOnce() throws InterruptedException {
    Semaphore steps = new Semaphore(0);
    start(Duration.ofMinutes(1), snapshot -> steps.release());
    assertThat(steps.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();

    thread.useInterval(EVERY);

    assertThat(steps.tryAcquire(5, LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    thread.useInterval(Duration.ofMinutes(1));
    Thread.sleep(SILENCE_MS);
    steps.drainPermits();
    assertThat(steps.tryAcquire(SILENCE_MS, TimeUnit.MILLISECONDS)).as("a step").isFalse();
  }

  @Test
  void ceasesToBeatWhileAStepHangs() throws InterruptedException {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    start(
        EVERY,
        snapshot -> {
          if (beats.availablePermits() > 1) {
            hangs.countDown();
            awaitUninterrupted(released);
          }
        });
    try {
      assertThat(hangs.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      beats.drainPermits();
      assertThat(beats.tryAcquire(SILENCE_MS, TimeUnit.MILLISECONDS)).as("a beat").isFalse();
    } finally {
      released.countDown();
    }
    assertThat(beats.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)).as("a beat").isTrue();
  }

  @Test
  void ceasesToBeatWhenEveryStepFails() throws InterruptedException {
    start(
        EVERY,
        snapshot -> {
          throw new IllegalStateException("the test has every step fail");
        });
    Thread.sleep(SILENCE_MS);
    beats.drainPermits();

    assertThat(beats.tryAcquire(SILENCE_MS, TimeUnit.MILLISECONDS)).as("a beat").isFalse();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
