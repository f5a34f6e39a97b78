package org.vcpuacct.history;

import java.io.IOException;
import java.util.List;
import org.vcpuacct.history.track.MalformedTrackException;
import org.vcpuacct.history.track.Track;

/** When the steps of a block were. */
final class StepTimes {

  private final long[] takenUnits;
  private final long[] epochMillis;

  /**
   * The times in a section.
   *
   * @throws IOException if there are none: what is held of the steps is of no use then
   */
  StepTimes(List<Track> tracks) throws IOException {
    if (tracks.size() != 1 || KeyKind.of(tracks.get(0)) != KeyKind.TIME) {
      throw new MalformedTrackException("the times of the steps are missing");
    }
    Track times = tracks.get(0);
    takenUnits = new long[times.size()];
    epochMillis = new long[times.size()];
    for (int step = 0; step < takenUnits.length; step++) {
      takenUnits[step] = times.row(step)[0];
      epochMillis[step] = times.row(step)[1];
    }
  }

  /** How many steps the block has. */
  int steps() {
    return takenUnits.length;
  }

  /** CLOCK_MONOTONIC of a step, in units of {@link Resolution}. */
  long takenUnits(int step) {
    return takenUnits[step];
  }

  /** Wall-clock time of a step, ms since 1970. */
  long epochMillis(int step) {
    return epochMillis[step];
  }
}
