package org.vcpuacct.sampler;

import java.time.Duration;

/**
 * Tells a watchdog that sampling goes on. The sampler's own thread calls it, so that it ceases when
 * a step hangs; and it ceases when steps fail.
 *
 * <p>Times are nanoseconds of one monotonic clock.
 */
public final class Heartbeat {

  /** Intervals without a good step until sampling has ended; one that fails is no reason. */
  static final int MOST_INTERVALS = 3;

  private final long everyNs;
  private final Runnable beat;
  private long longestGapNs;
  private long beatNs;
  private long stepNs;

  /**
   * @param every how often it is told, if nothing hangs
   * @param beat tells it; must not block
   */
  public Heartbeat(Duration every, Runnable beat) {
    this(every.toNanos(), beat);
  }

  private Heartbeat(long everyNs, Runnable beat) {
    this.everyNs = everyNs;
    this.beat = beat;
  }

  /** For a daemon that no watchdog looks after. */
  public static Heartbeat none() {
    return new Heartbeat(Long.MAX_VALUE, () -> {});
  }

  /** Sampling begins, with a step each interval. */
  void begin(long nowNs, long intervalNs) {
    useInterval(intervalNs);
    beatNs = nowNs;
    stepNs = nowNs;
  }

  /** From now on there is a step each interval of another length. */
  void useInterval(long intervalNs) {
    longestGapNs = MOST_INTERVALS * intervalNs;
  }

  /** A step was taken, and its snapshot published. */
  void stepped(long nowNs) {
    stepNs = nowNs;
  }

  /**
   * Beats if it is time.
   *
   * @return nanoseconds until it is to be called again, at the latest
   */
  long beat(long nowNs) {
    long leftNs = everyNs - (nowNs - beatNs);
    if (leftNs > 0) {
      return leftNs;
    }
    if (nowNs - stepNs <= longestGapNs) {
      beatNs = nowNs;
      beat.run();
    }
    return everyNs;
  }
}
