package org.vcpuacct.history;

/** The unit in which times of a ledger are kept: noise below it would cost more than it tells. */
final class Resolution {

  static final long UNIT_NS = 1_000_000;

  private Resolution() {}

  /** Whole units of a time, ns. */
  static long units(long ns) {
    return Math.floorDiv(ns, UNIT_NS);
  }

  /** The time of so many units, ns. */
  static long ns(long units) {
    return units * UNIT_NS;
  }
}
