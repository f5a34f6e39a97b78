package org.vcpuacct.export.snmp;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.smi.Address;

/** Says which messages were dropped, at most one line every ten seconds whatever arrives. */
final class RefusalLog {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
  private static final long MIN_INTERVAL_NS = 10_000_000_000L;

  private final LongSupplier nanoClock;
  private long lastLineNs;
  private boolean hasLine;
  private long silent;

  RefusalLog(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  synchronized void dropped(Address peer, String reason) {
    long nowNs = nanoClock.getAsLong();
    if (hasLine && nowNs - lastLineNs < MIN_INTERVAL_NS) {
      silent++;
      return;
    }
    LOG.warn(
        "dropped an SNMP message of {}: {}; {} more since the last line", peer, reason, silent);
    hasLine = true;
    lastLineNs = nowNs;
    silent = 0;
  }
}
