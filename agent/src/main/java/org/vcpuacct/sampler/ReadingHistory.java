package org.vcpuacct.sampler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Window;

/**
 * The readings of one account that the windows start from.
 *
 * <p>A window longer than an interval keeps a reading every twelfth of its length, so that its
 * start is never older than the window by more than that. A window that the account is too young
 * for is missing.
 */
final class ReadingHistory {

  private static final long NS_PER_MINUTE = 60_000_000_000L;
  private static final int READINGS_PER_WINDOW = 12;

  private final Past oneMinute = new Past(NS_PER_MINUTE);
  private final Past fiveMinutes = new Past(5 * NS_PER_MINUTE);
  private Reading last;

  /**
   * A history that starts with the opening of the account.
   *
   * @param first the first reading
   */
  ReadingHistory(Reading first) {
    add(first);
  }

  /** What changed over each window up to {@code now}, which becomes part of the history. */
  Map<Window, Change> changesUpTo(Reading now) {
    Map<Window, Change> changes = new EnumMap<>(Window.class);
    changes.put(Window.LAST_INTERVAL, new Change(last, now));
    putIfOldEnough(changes, Window.ONE_MINUTE, oneMinute, now);
    putIfOldEnough(changes, Window.FIVE_MINUTES, fiveMinutes, now);
    add(now);
    return changes;
  }

  private static void putIfOldEnough(
      Map<Window, Change> changes, Window window, Past past, Reading now) {
    Reading start = past.startOfWindowTo(now);
    if (start != null) {
      changes.put(window, new Change(start, now));
    }
  }

  private void add(Reading reading) {
    oneMinute.add(reading);
    fiveMinutes.add(reading);
    last = reading;
  }

  /**
   * Readings at a spacing, as old as one window and no older than needed. Their times are kept
   * apart: a thousand vCPUs' old readings are in no CPU cache, and are rarely needed.
   */
  private static final class Past {

    private final long windowNs;
    private final Deque<Reading> younger = new ArrayDeque<>(READINGS_PER_WINDOW + 2);
    private Reading start;
    private long nextStartNs = Long.MAX_VALUE;
    private long newestNs;

    Past(long windowNs) {
      this.windowNs = windowNs;
    }

    void add(Reading reading) {
      long nowNs = reading.wallNs();
      boolean first = start == null && younger.isEmpty();
      if (first || nowNs - newestNs >= windowNs / READINGS_PER_WINDOW) {
        younger.addLast(reading);
        newestNs = nowNs;
        nextStartNs = younger.getFirst().wallNs() + windowNs;
      }
    }

    /** The youngest reading that is at least a window old; null if there is none. */
    Reading startOfWindowTo(Reading now) {
      long nowNs = now.wallNs();
      while (nowNs >= nextStartNs) {
        start = younger.removeFirst();
        nextStartNs = younger.isEmpty() ? Long.MAX_VALUE : younger.getFirst().wallNs() + windowNs;
      }
      return start;
    }
  }
}
