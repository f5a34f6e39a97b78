package org.vcpuacct.sampler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import org.vcpuacct.ledger.Window;

/**
 * The readings of one account that the windows start from.
 *
 * <p>A window longer than an interval keeps a reading every twelfth of its length, so that its
 * start is never older than the window by more than that. A window that the account is too young
 * for is missing.
 *
 * @param <R> a reading
 * @param <C> what changed between two
 */
final class WindowHistory<R, C> {

  private static final long NS_PER_MINUTE = 60_000_000_000L;
  private static final int READINGS_PER_WINDOW = 12;

  private final ToLongFunction<R> wallNs;
  private final BiFunction<R, R, C> change;
  private final Past oneMinute = new Past(NS_PER_MINUTE);
  private final Past fiveMinutes = new Past(5 * NS_PER_MINUTE);
  private R last;

  /**
   * A history that starts with the opening of the account.
   *
   * @param first the first reading
   * @param wallNs wall time of a reading since the account was opened, ns
   * @param change what changed from the first of two readings to the second
   */
  WindowHistory(R first, ToLongFunction<R> wallNs, BiFunction<R, R, C> change) {
    this.wallNs = wallNs;
    this.change = change;
    add(first);
  }

  /** What changed over each window up to {@code now}, which becomes part of the history. */
  Map<Window, C> changesUpTo(R now) {
    Map<Window, C> changes = new EnumMap<>(Window.class);
    changes.put(Window.LAST_INTERVAL, change.apply(last, now));
    putIfOldEnough(changes, Window.ONE_MINUTE, oneMinute, now);
    putIfOldEnough(changes, Window.FIVE_MINUTES, fiveMinutes, now);
    add(now);
    return changes;
  }

  private void putIfOldEnough(Map<Window, C> changes, Window window, Past past, R now) {
    R start = past.startOfWindowTo(now);
    if (start != null) {
      changes.put(window, change.apply(start, now));
    }
  }

  private void add(R reading) {
    oneMinute.add(reading);
    fiveMinutes.add(reading);
    last = reading;
  }

  /**
   * Readings at a spacing, as old as one window and no older than needed. Their times are kept
   * apart: a thousand vCPUs' old readings are in no CPU cache, and are rarely needed.
   */
  private final class Past {

    private final long windowNs;
    private final Deque<R> younger = new ArrayDeque<>(READINGS_PER_WINDOW + 2);
    private R start;
    private long nextStartNs = Long.MAX_VALUE;
    private long newestNs;

    Past(long windowNs) {
      this.windowNs = windowNs;
    }

    void add(R reading) {
      long nowNs = wallNs.applyAsLong(reading);
      boolean first = start == null && younger.isEmpty();
      if (first || nowNs - newestNs >= windowNs / READINGS_PER_WINDOW) {
        younger.addLast(reading);
        newestNs = nowNs;
        nextStartNs = wallNs.applyAsLong(younger.getFirst()) + windowNs;
      }
    }

    /** The youngest reading that is at least a window old; null if there is none. */
    R startOfWindowTo(R now) {
      long nowNs = wallNs.applyAsLong(now);
      while (nowNs >= nextStartNs) {
        start = younger.removeFirst();
        nextStartNs =
            younger.isEmpty() ? Long.MAX_VALUE : wallNs.applyAsLong(younger.getFirst()) + windowNs;
      }
      return start;
    }
  }
}
