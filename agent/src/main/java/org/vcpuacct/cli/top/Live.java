package org.vcpuacct.cli.top;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The loop: shows what is new, and does what keys say, until one says to end. */
final class Live {

  /** For so long a change of the terminal's size may go unseen. */
  private static final long LONGEST_WAIT_MS = 200;

  private final LiveScreen screen;
  private final Pictures pictures;
  private final long intervalNs;
  private final Palette palette;
  private final LongSupplier clockNs;

  private Picture picture;
  private Optional<String> trouble = Optional.empty();
  private TopState state = TopState.START;
  private TopState.Shown shown = new TopState.Shown(0, 1, Optional.empty());

  /**
   * Starts with a picture.
   *
   * @param intervalNs from one picture to the next, ns
   * @param clockNs CLOCK_MONOTONIC, ns
   */
  Live(
      LiveScreen screen,
      Picture first,
      Pictures pictures,
      long intervalNs,
      Palette palette,
      LongSupplier clockNs) {
    this.screen = screen;
    this.picture = first;
    this.pictures = pictures;
    this.intervalNs = intervalNs;
    this.palette = palette;
    this.clockNs = clockNs;
  }

  /**
   * Runs until the operator has enough.
   *
   * @throws IOException if the terminal is gone
   */
  void run() throws IOException {
    long dueNs = clockNs.getAsLong() + intervalNs;
    draw();
    while (!state.isEnded()) {
      boolean changed = screen.takeNewSize();
      Optional<Key> key = screen.keys().next(waitMs(dueNs));
      if (key.isPresent()) {
        state = state.after(key.get(), shown);
        changed = true;
      }
      if (clockNs.getAsLong() - dueNs >= 0) {
        dueNs = clockNs.getAsLong() + intervalNs;
        changed |= refresh();
      }
      if (changed) {
        draw();
      }
    }
  }

  private long waitMs(long dueNs) {
    long leftMs = TimeUnit.NANOSECONDS.toMillis(dueNs - clockNs.getAsLong());
    return Math.max(1, Math.min(leftMs, LONGEST_WAIT_MS));
  }

  /** A daemon that does not answer may come back: what was seen last stays, and why. */
  private boolean refresh() {
    if (state.paused()) {
      return false;
    }
    try {
      picture = pictures.next();
      trouble = Optional.empty();
    } catch (IOException e) {
      trouble = Optional.of(e.getMessage());
    }
    return true;
  }

  private void draw() {
    Screen drawn = Screen.of(picture, trouble, state, screen.size(), palette);
    shown = drawn.shown();
    screen.show(drawn.lines());
  }
}
