package org.vcpuacct.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.event.KeyValuePair;

/**
 * Lets a line through at once, and of the same {@link Cause} none for a minute; then the newest of
 * those held back, with how many more there were. Safe for concurrent use.
 */
final class OncePerMinute extends UnsynchronizedAppenderBase<ILoggingEvent> {

  static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

  /** A host of some hundred VMs has fewer; above it, causes count as the same by logger. */
  static final int MAX_CAUSES = 1024;

  /** Key of an event: how many lines it stands for beside itself. */
  private static final String MORE = "more";

  private static final long CHECK_SECONDS = 5;

  private final Appender<ILoggingEvent> next;
  private final LongSupplier nanoClock;

  /** In the order in which their minutes end. */
  private final Map<Cause, Minute> minutes = new LinkedHashMap<>();

  private Optional<Future<?>> checks = Optional.empty();

  /**
   * Nothing is held back yet.
   *
   * @param next who writes lines
   * @param nanoClock a clock that only its differences mean something of, ns
   */
  OncePerMinute(Appender<ILoggingEvent> next, LongSupplier nanoClock) {
    this.next = next;
    this.nanoClock = nanoClock;
  }

  /** How many lines of its cause were held back for this one; empty if none. */
  static OptionalLong more(ILoggingEvent event) {
    return Optional.ofNullable(event.getKeyValuePairs()).orElse(List.of()).stream()
        .filter(pair -> pair.key.equals(MORE))
        .mapToLong(pair -> (Long) pair.value)
        .findFirst();
  }

  @Override
  protected synchronized void append(ILoggingEvent event) {
    endMinutes();
    Cause cause = Cause.of(event);
    if (minutes.size() >= MAX_CAUSES && !minutes.containsKey(cause)) {
      cause = cause.coarse();
    }
    Minute minute = minutes.get(cause);
    if (minute == null) {
      minutes.put(cause, new Minute(nanoClock.getAsLong()));
      next.doAppend(event);
    } else {
      event.prepareForDeferredProcessing();
      minute.hold(event);
      startChecks();
    }
  }

  /** Writes what was held back for a minute. */
  synchronized void endMinutes() {
    long nowNs = nanoClock.getAsLong();
    while (!minutes.isEmpty()) {
      Map.Entry<Cause, Minute> oldest = minutes.entrySet().iterator().next();
      if (nowNs - oldest.getValue().beginNs < MINUTE_NS) {
        return;
      }
      minutes.remove(oldest.getKey());
      oldest.getValue().line().ifPresent(line -> writeAgain(oldest.getKey(), line, nowNs));
    }
  }

  private void writeAgain(Cause cause, ILoggingEvent line, long nowNs) {
    minutes.put(cause, new Minute(nowNs));
    next.doAppend(line);
  }

  /** From the first line that is held back: most commands of the command line have none. */
  private void startChecks() {
    if (checks.isEmpty()) {
      checks =
          Optional.of(
              getContext()
                  .getScheduledExecutorService()
                  .scheduleWithFixedDelay(
                      this::endMinutes, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS));
    }
  }

  @Override
  public synchronized void stop() {
    checks.ifPresent(running -> running.cancel(false));
    super.stop();
  }

  /** The minute after a line. */
  private static final class Minute {

    private final long beginNs;
    private ILoggingEvent newest;
    private long held;

    private Minute(long beginNs) {
      this.beginNs = beginNs;
    }

    private void hold(ILoggingEvent event) {
      newest = event;
      held++;
    }

    private Optional<ILoggingEvent> line() {
      // All that Logback's loggers make are of this class; the interface cannot be added to.
      if (held > 1 && newest instanceof LoggingEvent event) {
        event.addKeyValuePair(new KeyValuePair(MORE, held - 1));
      }
      return Optional.ofNullable(newest);
    }
  }
}
