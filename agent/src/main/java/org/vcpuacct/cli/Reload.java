package org.vcpuacct.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.vcpuacct.config.Config;
import org.vcpuacct.config.ConfigException;
import org.vcpuacct.log.Cause;

/**
 * Has the parts of the running daemon follow its configuration file as it is now. Only those are
 * touched whose settings are others; whatever goes wrong, the daemon goes on. For one thread.
 */
final class Reload {

  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

  /**
   * What a daemon that runs cannot change: its programs are in the kernel, its files are open and
   * locked, and the capabilities that the feed takes are given up.
   */
  private static final Map<String, Function<Config, Object>> NEEDS_RESTART = needsRestart();

  private final ConfigOption option;
  private final Config started;
  private final List<Part<?>> parts;
  private long times;

  /**
   * A reload that has not taken place yet.
   *
   * @param option where the configuration is
   * @param started the configuration that the daemon was started with
   * @param parts follow it
   */
  Reload(ConfigOption option, Config started, List<Part<?>> parts) {
    this.option = option;
    this.started = started;
    this.parts = List.copyOf(parts);
  }

  private static Map<String, Function<Config, Object>> needsRestart() {
    Map<String, Function<Config, Object>> keys = new LinkedHashMap<>();
    keys.put("agent.best-tier", config -> config.agent().bestTier());
    keys.put("agent.state-dir", config -> config.agent().stateDir());
    keys.put("overload.feed", config -> config.overload().feed());
    return keys;
  }

  /** Reads the file again and follows it; says what came of it. */
  void run() {
    times++;
    Optional<Path> file = option.file();
    if (file.isEmpty()) {
      said(LOG.atWarn(), "file").log("nothing to reload: the daemon was started without --config");
      return;
    }
    try {
      follow(option.read(), file.get());
    } catch (ConfigException e) {
      said(LOG.atError(), "file").log("not reloaded, all goes on as before: {}", e.getMessage());
    }
  }

  private void follow(Config config, Path file) {
    List<String> changed = new ArrayList<>();
    for (Part<?> part : parts) {
      if (part.differs(config) && follows(part, config)) {
        changed.add(part.name());
      }
    }
    List<String> kept =
        NEEDS_RESTART.entrySet().stream()
            .filter(key -> !key.getValue().apply(config).equals(key.getValue().apply(started)))
            .map(Map.Entry::getKey)
            .toList();
    if (!kept.isEmpty()) {
      said(LOG.atWarn(), "restart")
          .log("needs a restart, and stays as it was until then: {}", String.join(", ", kept));
    }
    said(LOG.atInfo(), "file")
        .log(
            "vcpuacct reloaded {}, changed: {}",
            file,
            changed.isEmpty() ? "nothing" : String.join(", ", changed));
  }

  private boolean follows(Part<?> part, Config config) {
    try {
      part.follow(config);
      return true;
    } catch (IOException e) {
      said(LOG.atError(), part.name()).log("{} did not change: {}", part.name(), e.getMessage());
    } catch (RuntimeException e) { // a fault in one part must not end the daemon
      said(LOG.atError(), part.name()).setCause(e).log("{} did not change", part.name());
    }
    return false;
  }

  /** Who asks again is answered again: the log holds back nothing of another reload. */
  private LoggingEventBuilder said(LoggingEventBuilder line, String of) {
    return line.addKeyValue(Cause.KEY, "reload %d of %s".formatted(times, of));
  }
}
