package org.vcpuacct.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.kernel.KernelException;
import org.vcpuacct.kernel.UnixDatagramSender;
import org.vcpuacct.sampler.Heartbeat;

/**
 * Who started the daemon as a service, told how it does: sd_notify(3), sd_watchdog_enabled(3).
 * Where nobody asks for that, nothing happens. For any thread.
 *
 * <p>The daemon never waits for it: what it has no room for is sent again with what comes next.
 */
final class ServiceManager implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

  private static final String SOCKET = "NOTIFY_SOCKET";
  private static final String WATCHDOG_LIMIT = "WATCHDOG_USEC";
  private static final String WATCHDOG_PROCESS = "WATCHDOG_PID";

  /** As sd_watchdog_enabled(3) recommends. */
  private static final int BEATS_IN_LIMIT = 2;

  private final Optional<UnixDatagramSender> socket;
  private final Optional<Duration> watchdogLimit;
  private final Map<String, String> unsent = new LinkedHashMap<>();
  private String status = "";
  private boolean failing;

  private ServiceManager(Optional<UnixDatagramSender> socket, Optional<Duration> watchdogLimit) {
    this.socket = socket;
    this.watchdogLimit = watchdogLimit;
  }

  /**
   * The one that the environment names, or none. One that cannot be told is no reason to end.
   *
   * @param pid the daemon's own
   */
  static ServiceManager of(Map<String, String> environment, long pid) {
    String name = environment.getOrDefault(SOCKET, "");
    if (!name.isEmpty()) {
      try {
        return new ServiceManager(
            Optional.of(UnixDatagramSender.to(name)), readWatchdogLimit(environment, pid));
      } catch (IOException | IllegalArgumentException e) {
        LOG.warn("the service manager cannot be told: {}: {}", SOCKET, e.getMessage());
      }
    }
    return new ServiceManager(Optional.empty(), Optional.empty());
  }

  private static Optional<Duration> readWatchdogLimit(Map<String, String> environment, long pid) {
    String micros = environment.getOrDefault(WATCHDOG_LIMIT, "");
    String process = environment.getOrDefault(WATCHDOG_PROCESS, "");
    if (micros.isEmpty() || !(process.isEmpty() || process.equals(Long.toString(pid)))) {
      return Optional.empty();
    }
    try {
      return Optional.of(Duration.of(Long.parseLong(micros), ChronoUnit.MICROS))
          .filter(limit -> limit.compareTo(Duration.ZERO) > 0);
    } catch (NumberFormatException e) {
      LOG.warn("no watchdog: {} is no number: {}", WATCHDOG_LIMIT, micros);
      return Optional.empty();
    }
  }

  /** The longest that its watchdog hears nothing; empty if it has none for this process. */
  Optional<Duration> watchdogLimit() {
    return watchdogLimit;
  }

  /** What tells its watchdog that the sampler goes on. */
  Heartbeat heartbeat() {
    return watchdogLimit
        .map(limit -> new Heartbeat(limit.dividedBy(BEATS_IN_LIMIT), () -> tell("WATCHDOG", "1")))
        .orElseGet(Heartbeat::none);
  }

  /**
   * The daemon begins to take over another configuration; it is {@link #ready} when it has.
   *
   * @param nowNs CLOCK_MONOTONIC, ns
   */
  synchronized void reloading(long nowNs) {
    put("MONOTONIC_USEC", Long.toString(TimeUnit.NANOSECONDS.toMicros(nowNs)));
    tell("RELOADING", "1");
  }

  /** The daemon serves. */
  void ready() {
    tell("READY", "1");
  }

  /**
   * How the daemon does, for people to read. Cheap if it is what was said before.
   *
   * @param line one line
   */
  synchronized void status(String line) {
    if (!line.equals(status)) {
      status = line;
      put("STATUS", line);
    }
    send();
  }

  /** The daemon is about to end. */
  void stopping() {
    tell("STOPPING", "1");
  }

  private synchronized void tell(String name, String value) {
    put(name, value);
    send();
  }

  /** Of what excludes each other, the last in a message holds. */
  private void put(String name, String value) {
    unsent.remove(name);
    unsent.put(name, value);
  }

  private void send() {
    if (socket.isEmpty() || unsent.isEmpty()) {
      return;
    }
    String message =
        unsent.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
    try {
      if (socket.get().send(message.getBytes(StandardCharsets.UTF_8))) {
        unsent.clear();
        failing = false;
      }
    } catch (KernelException e) {
      if (!failing) {
        LOG.warn("the service manager cannot be told: {}", e.getMessage());
      }
      failing = true;
    }
  }

  @Override
  public synchronized void close() {
    socket.ifPresent(UnixDatagramSender::close);
  }
}
