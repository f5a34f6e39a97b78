package org.vcpuacct.config;

import java.time.Duration;
import java.util.Optional;
import org.vcpuacct.history.HistorySettings;

/** Reads the section {@code [history]}: how much of the past is held. */
final class HistorySection {

  private static final int MAX_MINUTES = 24 * 60;
  private static final int MIN_MEBIBYTES = 4;
  private static final int MAX_MEBIBYTES = 100_000;
  private static final long OCTETS_A_MEBIBYTE = 1 << 20;
  private static final int MAX_FREEZE_SECONDS = 3_600;
  private static final int MAX_COPIES = 1_000;

  private HistorySection() {}

  /** What the section says, if it is there; a key that it does not set keeps its default. */
  static HistorySettings read(Optional<Section> section, Config defaults) throws ConfigException {
    HistorySettings settings = defaults.history();
    return section.isPresent() ? read(section.get(), settings) : settings;
  }

  private static HistorySettings read(Section section, HistorySettings defaults)
      throws ConfigException {
    HistorySettings settings =
        new HistorySettings(
            section
                .number("minutes", 0, MAX_MINUTES)
                .map(Duration::ofMinutes)
                .orElse(defaults.length()),
            section
                .number("max-mib", MIN_MEBIBYTES, MAX_MEBIBYTES)
                .map(mebibytes -> mebibytes * OCTETS_A_MEBIBYTE)
                .orElse(defaults.octets()),
            seconds(section, "freeze-before-seconds").orElse(defaults.frozenBefore()),
            seconds(section, "freeze-after-seconds").orElse(defaults.frozenAfter()),
            section.number("frozen-copies", 0, MAX_COPIES).orElse(defaults.frozenCopies()));
    section.finish();
    return settings;
  }

  private static Optional<Duration> seconds(Section section, String key) throws ConfigException {
    return section.number(key, 0, MAX_FREEZE_SECONDS).map(Duration::ofSeconds);
  }
}
