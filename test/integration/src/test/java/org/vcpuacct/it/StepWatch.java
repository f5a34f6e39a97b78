package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Watches whether the daemon takes its steps when they are due, and a VM's row with them. */
final class StepWatch {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Both are of one step; a VM's account is read a little after the step's instant. */
  private static final Duration ROW_TOLERANCE = Duration.ofMillis(500);

  private final Manager manager;
  private final int vm;
  private final StepFigures first;
  private StepFigures last;
  private Duration worstLateness = Duration.ZERO;
  private int seen;

  /** Begins with the next step. */
  StepWatch(Manager manager, int vm) {
    this.manager = manager;
    this.vm = vm;
    manager.awaitNewFigures();
    this.first = manager.step(vm);
    this.last = first;
  }

  /** Waits until something holds, and looks at the steps meanwhile. */
  void until(String what, Duration limit, BooleanSupplier condition) {
    Await.until(
        what,
        limit,
        () -> {
          look();
          return condition.getAsBoolean();
        });
  }

  private void look() {
    StepFigures now = manager.step(vm);
    seen += now.number() > last.number() ? 1 : 0;
    worstLateness = worstLateness.compareTo(now.lateness()) < 0 ? now.lateness() : worstLateness;
    last = now;
  }

  /** No step was left out, none was late by an interval, and the row kept pace. */
  void end(String what) {
    manager.awaitNewFigures();
    look();
    long steps = last.number() - first.number();
    Duration passed = last.at().minus(first.at());
    Duration ofRow = last.wall().minus(first.wall());
    Figures.show(
        "%s: %d steps in %d ms, %d ms of them in the row; %d seen, the latest by %d ms",
        what, steps, passed.toMillis(), ofRow.toMillis(), seen, worstLateness.toMillis());
    assertThat(Math.round((double) passed.toMillis() / INTERVAL.toMillis())).isEqualTo(steps);
    assertThat(worstLateness).isLessThan(INTERVAL);
    assertThat(ofRow.minus(passed).abs()).isLessThan(ROW_TOLERANCE);
  }
}
