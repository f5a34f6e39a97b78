package org.vcpuacct.export.agentx;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** Warns of what comes again and again, of each cause once a minute at most. For one thread. */
final class RepeatLog {

  private static final long INTERVAL_NS = TimeUnit.MINUTES.toNanos(1);

  /** More than there are causes; a master that invents errors makes no more than these. */
  private static final int MAX_CAUSES = 64;

  private final Logger log;
  private final LongSupplier nanoClock;
  private final Map<String, Long> warnedNs = new HashMap<>();
  private boolean well;

  RepeatLog(Logger log, LongSupplier nanoClock) {
    this.log = log;
    this.nanoClock = nanoClock;
  }

  /**
   * Writes a line, unless there was one of the same cause within the last minute.
   *
   * @param cause what lines of the same cause have in common
   */
  void warn(String cause, String line) {
    long nowNs = nanoClock.getAsLong();
    warnedNs.values().removeIf(lastNs -> nowNs - lastNs >= INTERVAL_NS);
    if (warnedNs.size() < MAX_CAUSES && warnedNs.putIfAbsent(cause, nowNs) == null) {
      log.warn("{}", line);
      well = false;
    }
  }

  /** Writes a line that all is well, unless the last line said so. */
  void mended(String line) {
    if (!well) {
      log.info("{}", line);
      well = true;
    }
  }
}
