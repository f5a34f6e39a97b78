package org.vcpuacct.overload;

import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ne.NeChange;

/**
 * The load of a network element over the last interval.
 *
 * @param effective percent of the time of its vCPUs in which they were not idle
 * @param contention percent in which the host withheld a pCPU from them
 * @param cause what most of the load was for
 */
record LoadSample(double effective, double contention, Cause cause) {

  private static final double HUNDREDTHS = 100;
  private static final double PERCENT = 100;

  static LoadSample of(NeChange change) {
    return new LoadSample(
        change.load() / HUNDREDTHS, change.share(RollUp.CONTENTION) / HUNDREDTHS, change.cause());
  }

  /**
   * Percent of the time that the host left to them in which the vCPUs worked: what fewer calls
   * would lower.
   */
  double own() {
    double given = PERCENT - contention;
    return given <= 0 ? 0 : (effective - contention) * PERCENT / given;
  }
}
