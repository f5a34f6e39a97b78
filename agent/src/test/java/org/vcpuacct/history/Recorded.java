package org.vcpuacct.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vcpuacct.ledger.Snapshot;

/** A history for tests of what reads it. */
public final class Recorded {

  private Recorded() {}

  /** Records seconds of a random host, with the network element ne-2, into a state folder. */
  public static List<Snapshot> seconds(Path stateDir, int seconds) throws IOException {
    List<Snapshot> written = new ArrayList<>();
    RandomHost host = new RandomHost(1);
    try (HistoryStore store =
        new HistoryStore(HistoryFolder.path(stateDir), HistorySettings.defaults(), 1)) {
      for (int second = 0; second < seconds; second++) {
        written.add(host.next(0));
        store.append(written.get(second));
      }
    }
    return written;
  }
}
