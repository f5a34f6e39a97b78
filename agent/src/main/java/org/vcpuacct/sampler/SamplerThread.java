package org.vcpuacct.sampler;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.host.Limit;
import org.vcpuacct.ledger.Snapshot;

/**
 * Calls {@link Sampler#step} once an interval on a thread of its own and hands each snapshot on.
 *
 * <p>Steps are due at fixed times. One that is missed is left out, not made up for.
 */
public final class SamplerThread implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(SamplerThread.class);

  private final Sampler sampler;
  private volatile long intervalNs;
  private final LongSupplier monotonicNs;
  private final Consumer<Snapshot> publish;
  private final Heartbeat heartbeat;
  private final Thread thread = new Thread(this::run, "sampler");
  private final Set<Limit> toldLimits = new HashSet<>();
  private volatile boolean stopped;

  /**
   * A thread that is not started yet. It owns the sampler and closes it.
   *
   * @param publish called on this thread with each snapshot; must not block
   * @param heartbeat of this thread
   */
  public SamplerThread(
      Sampler sampler,
      long intervalNs,
      LongSupplier monotonicNs,
      Consumer<Snapshot> publish,
      Heartbeat heartbeat) {
    this.sampler = sampler;
    this.intervalNs = intervalNs;
    this.monotonicNs = monotonicNs;
    this.publish = publish;
    this.heartbeat = heartbeat;
  }

  /** Starts sampling; the first step is due at once. */
  public void start() {
    thread.start();
  }

  /** Goes on with steps at another interval; the first of them is due at once. */
  public void useInterval(Duration interval) {
    intervalNs = interval.toNanos();
    LockSupport.unpark(thread);
  }

  private void run() {
    heartbeat.begin(monotonicNs.getAsLong(), intervalNs);
    while (!stopped) {
      long everyNs = intervalNs;
      heartbeat.useInterval(everyNs);
      stepEvery(everyNs);
    }
    try {
      sampler.close();
    } catch (IOException e) {
      LOG.warn("closing the accounts: {}", e.getMessage());
    }
  }

  /** Takes steps until their interval is another one. */
  private void stepEvery(long everyNs) {
    long dueNs = monotonicNs.getAsLong();
    while (isEvery(everyNs)) {
      step(dueNs);
      dueNs += everyNs;
      long behindNs = monotonicNs.getAsLong() - dueNs;
      if (behindNs > 0) {
        dueNs += behindNs / everyNs * everyNs;
      }
      sleepUntil(dueNs, everyNs);
    }
  }

  private boolean isEvery(long everyNs) {
    return !stopped && intervalNs == everyNs;
  }

  // Whatever goes wrong in a step, the next one is tried: the daemon must outlive it.
  @SuppressWarnings("CatchingUnchecked")
  private void step(long dueNs) {
    try {
      Snapshot snapshot = sampler.step(dueNs);
      tellNewLimits(snapshot);
      publish.accept(snapshot);
      heartbeat.stepped(monotonicNs.getAsLong());
    } catch (IOException e) {
      LOG.error("this step was left out: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("this step was left out", e);
    }
  }

  private void tellNewLimits(Snapshot snapshot) {
    for (Limit limit : snapshot.limits()) {
      if (toldLimits.add(limit)) {
        LOG.warn("{}", limit);
      }
    }
    toldLimits.retainAll(snapshot.limits());
  }

  private void sleepUntil(long dueNs, long everyNs) {
    long nowNs = monotonicNs.getAsLong();
    long beatInNs = heartbeat.beat(nowNs);
    while (isEvery(everyNs) && dueNs - nowNs > 0) {
      LockSupport.parkNanos(this, Math.min(dueNs - nowNs, beatInNs));
      nowNs = monotonicNs.getAsLong();
      beatInNs = heartbeat.beat(nowNs);
    }
  }

  /** Ends sampling and waits for the step under way. */
  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
