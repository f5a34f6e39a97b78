package org.vcpuacct.alarm.log;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vcpuacct.alarm.Notification;

/** Puts notifications on disk, and drops the oldest when there are too many. For one thread. */
final class LogWriter implements Closeable {

  private final Path folder;
  private volatile LogLimits limits;
  private final LogContents contents;
  private Optional<FileChannel> channel = Optional.empty();

  LogWriter(Path folder, LogLimits limits, LogContents contents) {
    this.folder = folder;
    this.limits = limits;
    this.contents = contents;
  }

  /** Keeps to other limits when it next appends. Safe for use by any thread. */
  void use(LogLimits other) {
    limits = other;
  }

  /**
   * Appends notifications. After an exception none of them is in the log, and the same can be
   * appended again.
   *
   * @param notifications at least one, in their order
   */
  void append(List<Notification> notifications) throws IOException {
    try {
      Segment segment = segmentFor(notifications.get(0).sequence());
      write(segment, records(LogRecord.Kind.NOTIFICATION, notifications));
    } catch (IOException e) {
      close(); // what replaces the file, or the file system, is found at the next attempt
      throw e;
    }
    notifications.forEach(contents::note);
    dropOldest();
  }

  @Override
  public void close() throws IOException {
    if (channel.isPresent()) {
      FileChannel open = channel.get();
      channel = Optional.empty();
      open.close();
    }
  }

  private Segment segmentFor(long sequence) throws IOException {
    Optional<Segment> newest = contents.newest();
    if (newest.isPresent() && !limits.isFull(newest.get())) {
      if (channel.isEmpty()) {
        channel = Optional.of(open(newest.get()));
      }
      return newest.get();
    }
    close();
    return begin(Segment.in(folder, sequence));
  }

  /** Every segment can tell which alarms are active when those before it are gone. */
  private Segment begin(Segment segment) throws IOException {
    LogFolder.make(folder);
    channel = Optional.of(open(segment));
    write(segment, records(LogRecord.Kind.ACTIVE_ALARM, contents.activeAlarms()));
    LogFolder.force(folder);
    contents.add(segment);
    return segment;
  }

  private static FileChannel open(Segment segment) throws IOException {
    FileChannel file =
        FileChannel.open(segment.file(), Set.of(CREATE, WRITE), LogFolder.OWNERS_FILE);
    file.truncate(segment.octets());
    return file;
  }

  /** Always to the end of what is on disk for certain: over what a failed attempt left there. */
  private void write(Segment segment, List<LogRecord> records) throws IOException {
    if (records.isEmpty()) {
      return;
    }
    ByteBuffer octets = ByteBuffer.allocate(records.stream().mapToInt(LogRecord::octets).sum());
    records.forEach(record -> record.write(octets));
    octets.flip();
    FileChannel file = channel.orElseThrow();
    long begin = segment.octets();
    while (octets.hasRemaining()) {
      file.write(octets, begin + octets.position());
    }
    file.force(false);
    records.forEach(segment::add);
    segment.extendTo(begin + octets.limit());
  }

  private static List<LogRecord> records(LogRecord.Kind kind, List<Notification> notifications)
      throws IOException {
    List<LogRecord> records = new ArrayList<>();
    for (Notification notification : notifications) {
      records.add(LogRecord.of(kind, notification));
    }
    return records;
  }

  /** Whole segments, until the rest is within the limits; never the newest. */
  private void dropOldest() throws IOException {
    long notifications = contents.segments().stream().mapToLong(Segment::notifications).sum();
    long octets = contents.segments().stream().mapToLong(Segment::octets).sum();
    Iterator<Segment> oldest = contents.segments().iterator();
    while (notifications > limits.notifications() || octets > limits.octets()) {
      Segment segment = oldest.next();
      if (!oldest.hasNext()) {
        return;
      }
      Files.deleteIfExists(segment.file());
      contents.remove(segment);
      notifications -= segment.notifications();
      octets -= segment.octets();
    }
  }
}
