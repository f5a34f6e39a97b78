package org.vcpuacct.it;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what comes in its own time, and never for ever. */
final class Await {

  private static final Duration PAUSE = Duration.ofMillis(100);

  private Await() {}

  /** The first value that the supplier has. */
  static <T> T value(String what, Duration limit, Supplier<Optional<T>> supplier) {
    long endNs = System.nanoTime() + limit.toNanos();
    Optional<T> value = supplier.get();
    while (value.isEmpty()) {
      if (System.nanoTime() - endNs > 0) {
        throw new AssertionError("after " + limit + " still no " + what);
      }
      sleep(PAUSE);
      value = supplier.get();
    }
    return value.get();
  }

  /** Until it holds. */
  static void until(String what, Duration limit, BooleanSupplier condition) {
    value(what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      // The flag stays down: what the test has started must still be ended, and that can take time.
      throw new AssertionError("the test took too long", e);
    }
  }
}
