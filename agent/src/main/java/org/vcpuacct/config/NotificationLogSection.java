package org.vcpuacct.config;

import java.util.Optional;
import org.vcpuacct.alarm.log.LogLimits;

/** Reads the section {@code [notification-log]}: how much of it is kept. */
final class NotificationLogSection {

  private static final int MAX_NOTIFICATIONS = 10_000_000;
  private static final int MAX_MEGABYTES = 10_000;
  private static final long OCTETS_A_MEGABYTE = 1_000_000;

  private NotificationLogSection() {}

  /** What the section says, if it is there; a key that it does not set keeps its default. */
  static LogLimits read(Optional<Section> section, Config defaults) throws ConfigException {
    LogLimits limits = defaults.notificationLog();
    return section.isPresent() ? read(section.get(), limits) : limits;
  }

  private static LogLimits read(Section section, LogLimits defaults) throws ConfigException {
    int notifications =
        section
            .number("max-notifications", LogLimits.MIN_NOTIFICATIONS, MAX_NOTIFICATIONS)
            .orElse(defaults.notifications());
    long octets =
        section
            .number("max-megabytes", 1, MAX_MEGABYTES)
            .map(megabytes -> megabytes * OCTETS_A_MEGABYTE)
            .orElse(defaults.octets());
    section.finish();
    return new LogLimits(notifications, octets);
  }
}
