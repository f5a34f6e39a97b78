package org.vcpuacct.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.LongFunction;
import org.vcpuacct.history.Extent;
import org.vcpuacct.history.HeldTimes;
import org.vcpuacct.history.History;
import org.vcpuacct.history.HistoryFolder;
import org.vcpuacct.history.Period;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ne.UnknownNe;

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
    HeldTimes held = HeldTimes.of(history);
    if (held.isEmpty()) {
      throw new HistoryException(
          "no history is held in "
              + stateDir
              + ": start vcpuacct run, with history.minutes above 0 and the same agent.state-dir");
    }
    Extent wanted = new Extent(from.toEpochMilli(), to.toEpochMilli());
    if (!held.overlap(wanted)) {
      LongFunction<String> words = epochMillis -> Instant.ofEpochMilli(epochMillis).toString();
      throw new HistoryException(held.nothingKnownOf(wanted.words(words), words));
    }
  }

  /** What to say of a name that no network element had in that time. */
  HistoryException unknown(String ne, Instant from, Instant to) throws IOException {
    List<NeAccount> known =
        history.period(from.toEpochMilli(), to.toEpochMilli()).map(Period::nes).orElse(List.of());
    return new HistoryException(UnknownNe.then(ne, known));
  }
}
