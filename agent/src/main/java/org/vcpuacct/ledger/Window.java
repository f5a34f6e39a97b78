package org.vcpuacct.ledger;

/** The spans of time over which shares are shown. */
public enum Window {
  /** Between the last two steps of the sampler. */
  LAST_INTERVAL,
  ONE_MINUTE,
  FIVE_MINUTES
}
