package org.vcpuacct.alarm.log;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of the log, named after the first sequence number that it may hold, and how much of it
 * is on disk for certain. What it holds is the writer's alone; how far it may be read, anybody's.
 */
final class Segment {

  private static final Pattern NAME = Pattern.compile("(\\d{20})\\.log");

  private final Path file;
  private final long firstSequence;
  private volatile long octets;
  private int notifications;
  private long activeAlarmOctets;

  private Segment(Path file, long firstSequence) {
    this.file = file;
    this.firstSequence = firstSequence;
  }

  static Segment in(Path folder, long firstSequence) {
    String name = String.format(Locale.ROOT, "%020d.log", firstSequence);
    return new Segment(folder.resolve(name), firstSequence);
  }

  /** The segment that a file is; empty if it is none. */
  static Optional<Segment> of(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    try {
      return name.matches()
          ? Optional.of(new Segment(file, Long.parseLong(name.group(1))))
          : Optional.empty();
    } catch (NumberFormatException e) { // of 20 digits that are no long
      return Optional.empty();
    }
  }

  Path file() {
    return file;
  }

  long firstSequence() {
    return firstSequence;
  }

  /** How much of the file may be read. */
  long octets() {
    return octets;
  }

  /** How many notifications are in it, without the alarms of earlier segments. */
  int notifications() {
    return notifications;
  }

  /** How much of it are alarms of earlier segments. */
  long activeAlarmOctets() {
    return activeAlarmOctets;
  }

  /** More of it is on disk now. */
  void add(LogRecord record) {
    if (record.kind() == LogRecord.Kind.NOTIFICATION) {
      notifications++;
    } else {
      activeAlarmOctets += record.octets();
    }
  }

  /** It is on disk up to here. */
  void extendTo(long durableOctets) {
    octets = durableOctets;
  }
}
