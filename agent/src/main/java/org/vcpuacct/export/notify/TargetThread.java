package org.vcpuacct.export.notify;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.log.Outbox;

/**
 * Sends one target what it has not been sent, one notification after another. One that cannot be
 * sent is tried again, with growing pauses, for as long as it takes: it holds up nothing but those
 * behind it.
 */
final class TargetThread implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TargetThread.class);
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final long FIRST_PAUSE_MS = 500;
  private static final long LONGEST_PAUSE_MS = 15_000;
  private static final long END_MS = 2_000;

  private final NotifyTarget target;
  private final Outbox outbox;
  private final Sender sender;
  private final Thread thread;
  private long pauseMs;

  TargetThread(NotifyTarget target, Outbox outbox, Sender sender) {
    this.target = target;
    this.outbox = outbox;
    this.sender = sender;
    this.thread = new Thread(this::run, "notify-" + target.name());
    thread.setDaemon(true);
  }

  /** Whom it sends to. */
  NotifyTarget target() {
    return target;
  }

  void start() {
    thread.start();
  }

  /** Ends at once: what has not been sent is sent by the next daemon. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(END_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (outbox;
        sender) {
      while (!Thread.currentThread().isInterrupted()) {
        step();
      }
    } catch (InterruptedException e) {
      LOG.debug("no more is sent to {}", target);
    } catch (IOException e) {
      LOG.debug("{} was closed: {}", target, e.getMessage());
    }
  }

  private void step() throws InterruptedException {
    try {
      Optional<Notification> next = outbox.peek();
      if (next.isPresent()) {
        sender.send(next.get());
        mended();
        outbox.sent();
      } else {
        outbox.await(IDLE);
      }
    } catch (IOException | RuntimeException e) { // a fault in one must not end the thread
      failed(e);
      Thread.sleep(pauseMs);
    }
  }

  private void failed(Exception e) {
    if (pauseMs == 0) {
      String problem = e instanceof IOException ? e.getMessage() : e.toString();
      LOG.warn("notifications wait for {}: {}; they are sent again and again", target, problem);
    }
    pauseMs = Math.min(Math.max(FIRST_PAUSE_MS, 2 * pauseMs), LONGEST_PAUSE_MS);
  }

  private void mended() {
    if (pauseMs > 0) {
      LOG.info("{} is sent notifications again", target);
      pauseMs = 0;
    }
  }
}
