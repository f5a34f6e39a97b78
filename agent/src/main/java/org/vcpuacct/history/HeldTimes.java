package org.vcpuacct.history;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Of which times something is held. Immutable.
 *
 * @param last from the first step to the last, frozen copies not counted; empty if there is none
 * @param frozen the times around alarms, oldest first
 */
public record HeldTimes(Optional<Extent> last, List<Extent> frozen) {

  public HeldTimes {
    frozen = List.copyOf(frozen);
  }

  /** The times of a history as it is now. */
  public static HeldTimes of(History history) throws IOException {
    List<Extent> frozen = history.frozenCopies().stream().map(FrozenCopy::extent).toList();
    return new HeldTimes(history.extent(), frozen);
  }

  /** Whether nothing is held at all. */
  public boolean isEmpty() {
    return last.isEmpty() && frozen.isEmpty();
  }

  /** Whether something is held of this time. */
  public boolean overlap(Extent time) {
    return Stream.concat(last.stream(), frozen.stream()).anyMatch(time::overlaps);
  }

  /**
   * That nothing is known of a time, and of which times something is, in a sentence.
   *
   * @param wanted the time in words
   * @param words a time in words, of ms since 1970
   */
  public String nothingKnownOf(String wanted, LongFunction<String> words) {
    String around =
        frozen.isEmpty()
            ? ""
            : ", and around alarms: "
                + frozen.stream().map(extent -> extent.words(words)).collect(joining(", "));
    return "nothing is known of "
        + wanted
        + "; the history holds "
        + last.map(extent -> extent.words(words)).orElse("nothing")
        + around;
  }
}
