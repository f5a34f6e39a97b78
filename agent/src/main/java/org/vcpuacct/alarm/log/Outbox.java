package org.vcpuacct.alarm.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.alarm.Notification;

/**
 * What one target has still to be sent: each notification of the log in its order, none twice
 * unless the daemon ended abruptly, none left out. A target that is new begins with what comes from
 * now on. For one thread.
 */
public final class Outbox implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final Path folder;
  private final String target;
  private final LogContents contents;
  private final long startSequence;
  private Optional<SendPosition> position = Optional.empty();
  private long sentSequence;
  private Optional<Segment> segment = Optional.empty();
  private Optional<RecordReader> reader = Optional.empty();
  private Optional<Notification> first = Optional.empty();

  private Outbox(Path folder, String target, LogContents contents) {
    this.folder = folder;
    this.target = target;
    this.contents = contents;
    this.startSequence = contents.lastSequence();
  }

  /** Begins at once to remember a target that is new, if the disk allows it; else when it does. */
  static Outbox open(Path folder, String target, LogContents contents) {
    Outbox outbox = new Outbox(folder, target, contents);
    try {
      outbox.position = Optional.of(outbox.openPosition());
    } catch (IOException e) {
      LOG.warn("nothing is sent to {} until its position can be kept: {}", target, e.toString());
    }
    return outbox;
  }

  /**
   * The first notification that has not been sent; empty if there is none.
   *
   * @throws IOException if the log cannot be read, or the position not be kept
   */
  public Optional<Notification> peek() throws IOException {
    if (position.isEmpty()) {
      position = Optional.of(openPosition());
    }
    if (first.isEmpty()) {
      first = read();
      first.ifPresent(this::noteMissing);
    }
    return first;
  }

  /** The notification that {@link #peek} gave has been sent: the next one is the first now. */
  public void sent() throws IOException {
    sentSequence = first.orElseThrow().sequence();
    first = Optional.empty();
    SendPosition kept = position.orElseThrow();
    kept.write(sentSequence);
    if (sentSequence == contents.lastSequence()) {
      kept.force(); // not after each: what a power cut forgets is sent twice
    }
  }

  /** Waits until there may be a notification that has not been sent, or the time is over. */
  public void await(Duration limit) throws InterruptedException {
    contents.await(sentSequence, limit.toMillis());
  }

  @Override
  public void close() throws IOException {
    if (reader.isPresent()) {
      reader.get().close();
    }
    if (position.isPresent()) {
      position.get().close();
    }
  }

  /** Nothing is sent before it is on disk: without it, a crash would make the target a new one. */
  private SendPosition openPosition() throws IOException {
    LogFolder.make(folder);
    SendPosition opened = SendPosition.open(SendPosition.file(folder, target));
    try {
      OptionalLong known = opened.read();
      if (known.isEmpty()) {
        opened.write(startSequence);
        opened.force();
        LogFolder.force(folder);
      }
      sentSequence = known.orElse(startSequence);
      return opened;
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  private Optional<Notification> read() throws IOException {
    while (findSegment()) {
      Optional<Segment> behind = contents.after(segment.orElseThrow());
      Optional<LogRecord> record = reader.orElseThrow().next(segment.orElseThrow().octets());
      while (record.isPresent()) {
        Optional<Notification> notification = unsent(record.get());
        if (notification.isPresent()) {
          return notification;
        }
        record = reader.orElseThrow().next(segment.orElseThrow().octets());
      }
      if (behind.isEmpty()) {
        return Optional.empty();
      }
      enter(behind.get());
    }
    return Optional.empty();
  }

  private boolean findSegment() throws IOException {
    if (segment.isEmpty()) {
      Optional<Segment> with = contents.with(sentSequence + 1);
      if (with.isPresent()) {
        enter(with.get());
      }
    }
    return segment.isPresent();
  }

  private void enter(Segment entered) throws IOException {
    if (reader.isPresent()) {
      reader.get().close();
      reader = Optional.empty();
    }
    segment = Optional.empty();
    reader = Optional.of(new RecordReader(entered.file()));
    segment = Optional.of(entered);
  }

  private Optional<Notification> unsent(LogRecord record) {
    if (record.kind() != LogRecord.Kind.NOTIFICATION || record.sequence() <= sentSequence) {
      return Optional.empty();
    }
    try {
      return Optional.of(record.notification());
    } catch (IOException e) { // of a later version; said when the log was opened
      return Optional.empty();
    }
  }

  private void noteMissing(Notification found) {
    long missing = found.sequence() - sentSequence - 1;
    if (missing > 0) {
      LOG.error(
          "{} notifications before number {} cannot be sent to {}: the log does not hold them any"
              + " more; see notification-log in the configuration",
          missing,
          found.sequence(),
          target);
    }
  }
}
