package org.vcpuacct.source;

/**
 * Keeps the parts of a growing sum from ever going back.
 *
 * <p>Time that has not come to its end is shown on the part where it seems to belong: an exit that
 * turns out to be halt polling, a wait of which a quota turns out to have been some. When it is
 * settled, that part would fall. It stays instead, and the parts that grew give what it has too
 * much: all of it stands on one part at any time, and on the right one in the end.
 */
final class MonotonicSplit {

  private final long[] shown;

  /**
   * @param parts how many parts there are
   */
  MonotonicSplit(int parts) {
    this.shown = new long[parts];
  }

  /**
   * Shows new values.
   *
   * @param settled the parts as they are known now
   * @param total what the parts shown are to sum to: not less than those shown before
   * @return the parts to show, none smaller than before; valid until the next call
   */
  long[] show(long[] settled, long total) {
    long excess = -total;
    for (int i = 0; i < shown.length; i++) {
      excess += Math.max(shown[i], settled[i]);
    }
    for (int i = 0; i < shown.length; i++) {
      long growth = Math.max(0, settled[i] - shown[i]);
      long given = Math.min(growth, excess);
      shown[i] += growth - given;
      excess -= given;
    }
    return shown;
  }
}
