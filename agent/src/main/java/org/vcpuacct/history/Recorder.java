package org.vcpuacct.history;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.ledger.Snapshot;

/**
 * Puts each snapshot into the history, on a thread of its own: whoever hands one over never waits.
 * A disk that is slow, full or not there costs steps of the history, which are counted, and nothing
 * else.
 */
public final class Recorder implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  /** A snapshot of a thousand vCPUs takes megabytes of memory. */
  private static final int MAX_WAITING = 3;

  private static final long END_MS = 2_000;

  private final Path folder;
  private volatile HistorySettings settings;
  private final long runEpochMillis;
  private final BlockingQueue<Task> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final AtomicLong recorded = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread = new Thread(this::run, "recorder");
  private HistoryStore store;
  private final AtomicBoolean slow = new AtomicBoolean();
  private boolean failed;
  private volatile boolean ended;

  /** Something to be done to the history. */
  @FunctionalInterface
  private interface Task {
    void run(HistoryStore store) throws IOException;
  }

  private Recorder(Path folder, HistorySettings settings, long runEpochMillis) {
    this.folder = folder;
    this.settings = settings;
    this.runEpochMillis = runEpochMillis;
    thread.setDaemon(true);
  }

  /**
   * Starts to record into a state folder. What an earlier daemon has left there is held on to.
   *
   * @param runEpochMillis when this daemon began, ms since 1970
   */
  public static Recorder start(Path stateDir, HistorySettings settings, long runEpochMillis) {
    Recorder recorder = new Recorder(HistoryFolder.path(stateDir), settings, runEpochMillis);
    recorder.thread.start();
    return recorder;
  }

  /** Holds as much as other settings say, from the next step on. Does not wait for the disk. */
  public void use(HistorySettings other) {
    settings = other;
  }

  /** Records a step. Does not wait for the disk: if that is too slow, the step is dropped. */
  public void record(Snapshot snapshot) {
    Task append =
        to -> {
          to.append(snapshot);
          recorded.incrementAndGet();
        };
    if (!waiting.offer(append)) {
      dropped.incrementAndGet();
      saySlow();
    }
  }

  /**
   * Keeps the time around an alarm beyond the rest. Does not wait for the disk.
   *
   * @param alarm its number
   * @param raisedEpochMillis when it was raised, ms since 1970
   * @param message the alarm in one sentence
   */
  public void freeze(long alarm, long raisedEpochMillis, String message) {
    Extent extent =
        new Extent(
            raisedEpochMillis - settings.frozenBefore().toMillis(),
            raisedEpochMillis + settings.frozenAfter().toMillis());
    FrozenCopy copy = new FrozenCopy(alarm, raisedEpochMillis, extent, message);
    if (!waiting.offer(to -> to.freeze(copy))) {
      LOG.error("the time around alarm {} is not kept: the disk is too slow", alarm);
    }
  }

  /** How many steps this daemon has put on disk: a process that is killed now has them. */
  public long recorded() {
    return recorded.get();
  }

  /** How many steps are missing from the history since the daemon began. */
  public long dropped() {
    return dropped.get();
  }

  /** Ends when what was handed over is on disk, or the disk takes too long. */
  @Override
  public void close() {
    ended = true;
    waiting.offer(to -> {}); // wakes the thread, if it waits
    try {
      thread.join(END_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!ended || !waiting.isEmpty()) {
        tryDo(waiting.take());
      }
      if (store != null) {
        store.close();
      }
    } catch (IOException e) {
      LOG.debug("the history was closed: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // Whatever goes wrong with a step, the next one is tried.
  private void tryDo(Task task) {
    try {
      if (store == null) {
        store = new HistoryStore(folder, settings, runEpochMillis);
      }
      store.use(settings);
      task.run(store);
      sayMended();
    } catch (IOException e) {
      sayFailed(e);
    } catch (RuntimeException e) {
      dropped.incrementAndGet();
      LOG.error("this step is missing from the history", e);
    }
  }

  /** Once is enough: how many there are is counted. */
  private void saySlow() {
    if (!slow.getAndSet(true)) {
      LOG.error(
          "the disk is too slow for the history in {}: steps are missing from it; set"
              + " agent.state-dir to a folder on a faster one",
          folder);
    }
  }

  private void sayFailed(IOException e) {
    dropped.incrementAndGet();
    if (!failed) {
      LOG.error(
          "no history is kept in {} until it can be: {}; free space there, or set agent.state-dir"
              + " to another folder",
          folder,
          e.toString());
      failed = true;
    }
  }

  private void sayMended() {
    if (failed) {
      LOG.info("history is kept in {} again; {} steps are missing", folder, dropped.get());
      failed = false;
    }
  }
}
