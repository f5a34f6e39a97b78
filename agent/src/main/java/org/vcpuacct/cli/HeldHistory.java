package org.vcpuacct.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vcpuacct.history.Extent;
import org.vcpuacct.history.FrozenCopy;
import org.vcpuacct.history.History;
import org.vcpuacct.history.HistoryFolder;
import org.vcpuacct.ledger.NeAccount;

/** The history in a state folder, for a command: what cannot be answered is said in a sentence. */
final class HeldHistory {

  private final Path stateDir;
  private final History history;

  HeldHistory(Path stateDir) {
    this.stateDir = stateDir;
    this.history = HistoryFolder.in(stateDir);
  }

  History history() {
    return history;
  }

  /**
   * Makes sure that something is held between two instants.
   *
   * @throws HistoryException if not; it says what is
   */
  void require(Instant from, Instant to) throws HistoryException, IOException {
    if (from.isAfter(to)) {
      throw new HistoryException("the time would begin at " + from + ", behind its end, " + to);
    }
    List<Extent> held = held();
    if (held.isEmpty()) {
      throw new HistoryException(
          "no history is held in "
              + stateDir
              + ": start vcpuacct run, with history.minutes above 0 and the same agent.state-dir");
    }
    if (held.stream().noneMatch(extent -> overlap(extent, from, to))) {
      throw new HistoryException(
          "nothing is held from " + from + " to " + to + "; held is " + text(held));
    }
  }

  /** What to say of a name that no network element had in that time. */
  HistoryException unknown(String ne, Instant from, Instant to) throws IOException {
    List<String> names =
        history.period(from.toEpochMilli(), to.toEpochMilli()).stream()
            .flatMap(period -> period.nes().stream())
            .map(NeAccount::name)
            .sorted()
            .toList();
    return new HistoryException(
        "no network element was called "
            + ne
            + " then; there "
            + (names.isEmpty() ? "was none" : "were " + String.join(", ", names)));
  }

  private List<Extent> held() throws IOException {
    Optional<Extent> extent = history.extent();
    return Stream.concat(history.frozenCopies().stream().map(FrozenCopy::extent), extent.stream())
        .toList();
  }

  private static boolean overlap(Extent extent, Instant from, Instant to) {
    return extent.fromEpochMillis() <= to.toEpochMilli()
        && extent.toEpochMillis() >= from.toEpochMilli();
  }

  private static String text(List<Extent> held) {
    return String.join(
        ", ",
        held.stream()
            .map(
                extent ->
                    "from "
                        + Instant.ofEpochMilli(extent.fromEpochMillis())
                        + " to "
                        + Instant.ofEpochMilli(extent.toEpochMillis()))
            .toList());
  }
}
