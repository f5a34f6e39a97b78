package org.vcpuacct.export.agentx;

import java.util.concurrent.TimeUnit;

/**
 * How long things may take, all in ns.
 *
 * @param pingNs a master that was not heard for so long is pinged
 * @param answerNs a master that does not answer for so long is given up
 * @param updateNs from one look at the contexts to the next
 * @param refusedNs from a refused registration to the next attempt
 * @param firstPauseNs from the end of a session to the first attempt to open another
 * @param longestPauseNs from one attempt to the next at most; each pause is twice the one before
 */
record Timing(
    long pingNs,
    long answerNs,
    long updateNs,
    long refusedNs,
    long firstPauseNs,
    long longestPauseNs) {

  /** What suits a master that runs on the same host. */
  static final Timing STANDARD =
      new Timing(
          TimeUnit.SECONDS.toNanos(5),
          TimeUnit.SECONDS.toNanos(10),
          TimeUnit.MILLISECONDS.toNanos(500),
          TimeUnit.SECONDS.toNanos(5),
          TimeUnit.MILLISECONDS.toNanos(250),
          TimeUnit.SECONDS.toNanos(1));
}
