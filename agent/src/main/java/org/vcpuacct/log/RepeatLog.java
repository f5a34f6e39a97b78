package org.vcpuacct.log;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Warns of what comes again and again, of each cause once a minute at most. Safe for concurrent
 * use.
 */
public final class RepeatLog {

  private static final long INTERVAL_NS = TimeUnit.MINUTES.toNanos(1);

  /** More than there are causes; a master that invents errors makes no more than these. */
  private static final int MAX_CAUSES = 64;

  private final Logger log;
  private final LongSupplier nanoClock;
  private final Map<String, Long> warnedNs = new HashMap<>();
  private boolean well;

  /**
   * Nothing is said yet.
   *
   * @param nanoClock a clock that only its differences mean something of, ns
   */
  public RepeatLog(Logger log, LongSupplier nanoClock) {
    this.log = log;
    this.nanoClock = nanoClock;
  }

  /**
   * Writes a line, unless there was one of the same cause within the last minute.
   *
   * @param cause what lines of the same cause have in common
   */
  public synchronized void warn(String cause, String line) {
    if (isDue(cause)) {
      log.warn("{}", line);
      well = false;
    }
  }

  /** The same, of what is an error. */
  public synchronized void error(String cause, String line) {
    if (isDue(cause)) {
      log.error("{}", line);
      well = false;
    }
  }

  /** Writes a line with an unforeseen fault and where in the code it was, as seldom. */
  public synchronized void error(String cause, String line, RuntimeException fault) {
    if (isDue(cause)) {
      log.error("{}", line, fault);
      well = false;
    }
  }

  private boolean isDue(String cause) {
    long nowNs = nanoClock.getAsLong();
    warnedNs.values().removeIf(lastNs -> nowNs - lastNs >= INTERVAL_NS);
    return warnedNs.size() < MAX_CAUSES && warnedNs.putIfAbsent(cause, nowNs) == null;
  }

  /** Writes a line that all is well, unless the last line said so. */
  public synchronized void mended(String line) {
    if (!well) {
      log.info("{}", line);
      well = true;
    }
  }
}
