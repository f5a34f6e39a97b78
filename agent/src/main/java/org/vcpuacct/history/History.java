package org.vcpuacct.history;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is held of the past: every step of the last hour, and of the minutes around alarms. Safe for
 * use by any thread.
 *
 * <p>Times are wall-clock times, ms since 1970; if the clock was set back, so that it showed a time
 * twice, the later one is meant. What is told begins and ends with a step of the sampler: a period
 * says itself from when to when it is.
 *
 * <p>Times of a ledger are told to 1 ms: each account is rounded down as a whole, so that errors do
 * not add up, and its lines still sum to its wall time. Histograms, and what {@link
 * org.vcpuacct.ledger.ExactDetail} counts beside the exits by class, are as of at most {@link
 * #DETAIL_SECONDS} before. The other threads of a VM are told by kind only, KVM's own statistics
 * not at all.
 */
public interface History {

  /** How old histograms are at most, s. */
  int DETAIL_SECONDS = 45;

  /**
   * From the first step that is held to the last, frozen copies not counted; empty if there is
   * none.
   *
   * @throws IOException if what is held cannot be read; the message says where it is
   */
  Optional<Extent> extent() throws IOException;

  /**
   * What happened from the last step at or before {@code from} to the last one at or before {@code
   * to}. A vCPU whose account was opened meanwhile has changes since then.
   *
   * <p>Where nothing is held at {@code from}, it begins with the first step that is.
   *
   * @return empty if fewer than two steps between the two times are held
   */
  Optional<Period> period(long fromEpochMillis, long toEpochMillis) throws IOException;

  /**
   * Hands on the same of one network element, in parts of equal length that follow each other. Only
   * the one that is being handed on is in memory.
   *
   * @param ne its name
   * @param points how many parts at most; fewer if that would be less than a step each
   * @param each gets them by time; a part of which nothing is held, or in which there was no such
   *     network element, is left out
   */
  void series(
      String ne, long fromEpochMillis, long toEpochMillis, int points, Consumer<Period> each)
      throws IOException;

  /**
   * Hands on each step from one time to another, by time, as a period since the step before. Only
   * the one that is being handed on is in memory.
   *
   * @param ne name of the only network element to tell; empty for all
   */
  void forEachStep(
      Optional<String> ne, long fromEpochMillis, long toEpochMillis, Consumer<Period> each)
      throws IOException;

  /** The frozen copies, oldest first. */
  List<FrozenCopy> frozenCopies() throws IOException;
}
