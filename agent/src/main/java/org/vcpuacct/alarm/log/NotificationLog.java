package org.vcpuacct.alarm.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.NotificationSink;

/**
 * Every notification, on disk before anybody may send it: segments of checksummed records in the
 * folder {@code notifications} of the state folder. A disk that is full, or not there, holds nobody
 * up: what it does not take waits in memory, as much as is bounded, and is tried again.
 */
public final class NotificationLog implements NotificationSink, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NotificationLog.class);
  private static final String FOLDER = "notifications";

  /** How many of the last notifications are held in memory. */
  public static final int RECENT = 1_000;

  /** How many wait for the disk at most. */
  static final int MAX_WAITING = 2_000;

  private static final long RETRY_MS = 1_000;
  private static final long END_MS = 2_000;

  private final Path folder;
  private final LogContents contents = new LogContents(RECENT);
  private final LogWriter writer;
  private final Deque<Notification> waiting = new ArrayDeque<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private final CountDownLatch end = new CountDownLatch(1);
  private long refused;
  private boolean failed;

  private NotificationLog(Path folder, LogLimits limits) {
    this.folder = folder;
    this.writer = new LogWriter(folder, limits, contents);
    this.thread = new Thread(this::run, "notification-log");
    thread.setDaemon(true);
  }

  /**
   * Opens the log of a state folder, and makes it when there is something to put into it. One that
   * cannot be read is said to be so, and an empty one in its place.
   */
  public static NotificationLog open(Path stateDir, LogLimits limits) {
    NotificationLog log = new NotificationLog(stateDir.resolve(FOLDER), limits);
    log.recover();
    log.thread.start();
    return log;
  }

  /** Keeps to other limits when a notification next comes. Safe for use by any thread. */
  public void use(LogLimits limits) {
    writer.use(limits);
  }

  /** The sequence number of the last notification that there was; 0 if there was none. */
  public long lastSequence() {
    return contents.lastSequence();
  }

  /**
   * What raised the alarms that are active, and the last notifications, by ascending sequence
   * number: what a monitor of alarms has to know to go on.
   */
  public List<Notification> known() {
    return contents.known();
  }

  /** The last notifications that are on disk, oldest first, at most {@link #RECENT}. */
  public List<Notification> recent() {
    return contents.recent();
  }

  /** What a target has still to be sent; the caller closes it. */
  public Outbox outbox(String target) {
    return Outbox.open(folder, target, contents);
  }

  /** From now on this is run when notifications have come to the disk; it must not block. */
  public void onAppend(Runnable listener) {
    listeners.add(listener);
  }

  /** Undoes {@link #onAppend}. */
  public void forget(Runnable listener) {
    listeners.remove(listener);
  }

  /** Does not wait for the disk. */
  @Override
  public synchronized void accept(List<Notification> notifications) {
    for (Notification notification : notifications) {
      if (waiting.size() < MAX_WAITING) {
        waiting.add(notification);
      } else {
        refused++;
      }
    }
    notifyAll();
  }

  /** Ends when all that it was given is on disk, or the disk does not take it. */
  @Override
  public void close() {
    end.countDown();
    synchronized (this) {
      notifyAll();
    }
    try {
      thread.join(END_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void recover() {
    try {
      LogRecovery.read(folder, contents);
      usePositions();
    } catch (NoSuchFileException e) {
      LOG.debug("no notification log yet: {}", e.getMessage());
    } catch (IOException e) {
      LOG.error(
          "the notification log in {} cannot be read, what is in it will not be sent: {}",
          folder,
          e.toString());
    }
  }

  /** A number that a target was sent is not used again, whatever happened to the log. */
  private void usePositions() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(SendPosition::isOne).toList()) {
        try (SendPosition position = SendPosition.open(file)) {
          position.read().ifPresent(contents::use);
        }
      }
    }
  }

  private void run() {
    try (writer) {
      for (List<Notification> batch = next(); !batch.isEmpty(); batch = next()) {
        if (append(batch)) {
          listeners.forEach(Runnable::run);
        } else if (!pause()) {
          LOG.error("{} notifications are lost: the disk did not take them", batch.size());
          return;
        }
      }
    } catch (IOException e) {
      LOG.debug("the notification log was closed: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All that waits for the disk; nothing if the log ends. */
  private synchronized List<Notification> next() throws InterruptedException {
    while (waiting.isEmpty() && end.getCount() > 0) {
      wait();
    }
    return List.copyOf(waiting);
  }

  private boolean append(List<Notification> batch) {
    try {
      writer.append(batch);
    } catch (IOException e) {
      sayFailed(e);
      return false;
    }
    synchronized (this) {
      for (int i = 0; i < batch.size(); i++) {
        waiting.remove();
      }
    }
    sayMended(batch.size());
    return true;
  }

  /** Waits until the next attempt; false if there will be none. */
  private boolean pause() throws InterruptedException {
    return !end.await(RETRY_MS, TimeUnit.MILLISECONDS);
  }

  private void sayFailed(IOException e) {
    if (!failed) {
      LOG.error(
          "notifications cannot be put into {} and are not sent until they can: {}; free space"
              + " there, or set agent.state-dir to another folder",
          folder,
          e.toString());
      failed = true;
    }
  }

  private synchronized void sayMended(int written) {
    if (failed) {
      LOG.info("{} notifications are in {} now, in their order", written, folder);
      failed = false;
    }
    if (refused > 0) {
      LOG.error("{} notifications are lost: the disk did not take them for too long", refused);
      refused = 0;
    }
  }
}
