package org.vcpuacct.alarm.log;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what an earlier daemon left in the folder of the log, however it ended. */
final class LogRecovery {

  private static final Logger LOG = LoggerFactory.getLogger(LogRecovery.class);

  private final LogContents contents;

  private LogRecovery(LogContents contents) {
    this.contents = contents;
  }

  /**
   * Reads all segments. What was being written when the daemon ended is cut off. A segment that
   * cannot be read costs no other.
   *
   * @param contents empty; gets what was read
   */
  static void read(Path folder, LogContents contents) throws IOException {
    List<Segment> segments = segments(folder);
    LogRecovery recovery = new LogRecovery(contents);
    for (Segment segment : segments) {
      recovery.tryRead(segment);
    }
    Optional<Segment> newest = contents.newest();
    if (newest.isPresent()) {
      recovery.finish(newest.get());
    }
  }

  private static List<Segment> segments(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .flatMap(file -> Segment.of(file).stream())
          .sorted(Comparator.comparingLong(Segment::firstSequence))
          .toList();
    }
  }

  private void tryRead(Segment segment) {
    try {
      read(segment);
    } catch (IOException e) {
      contents.use(segment.firstSequence());
      LOG.error(
          "{} cannot be read, and the notifications in it will not be sent: {}",
          segment.file(),
          e.toString());
    }
  }

  private void read(Segment segment) throws IOException {
    try (RecordReader reader = new RecordReader(segment.file())) {
      for (var record = reader.next(reader.fileOctets());
          record.isPresent();
          record = reader.next(reader.fileOctets())) {
        segment.add(record.get());
        note(segment, record.get());
      }
      segment.extendTo(reader.offset());
      if (reader.damagedOctets() > 0) {
        LOG.error(
            "{} octets of {} are damaged; the notifications in them are lost",
            reader.damagedOctets(),
            segment.file());
      }
    }
    contents.add(segment);
  }

  private void note(Segment segment, LogRecord record) {
    contents.use(record.sequence());
    try {
      if (record.kind() == LogRecord.Kind.ACTIVE_ALARM) {
        noteActive(record);
      } else {
        contents.note(record.notification());
      }
    } catch (IOException e) {
      LOG.error(
          "notification {} of {} cannot be read, and will not be sent: {}",
          record.sequence(),
          segment.file(),
          e.getMessage());
    }
  }

  /** In a segment whose predecessors are there too, they have told it already. */
  private void noteActive(LogRecord record) throws IOException {
    if (contents.segments().isEmpty()) {
      contents.noteActive(record.notification());
    }
  }

  private void finish(Segment newest) throws IOException {
    if (newest.notifications() == 0) {
      // Its list of active alarms may not be whole.
      Files.delete(newest.file());
      contents.remove(newest);
      return;
    }
    try (FileChannel channel = FileChannel.open(newest.file(), WRITE)) {
      long surplus = channel.size() - newest.octets();
      if (surplus > 0) {
        LOG.info("{} octets at the end of {} are no record, cut off", surplus, newest.file());
        channel.truncate(newest.octets());
        channel.force(true);
      }
    }
  }
}
