package org.vcpuacct.history;

import java.util.Optional;
import org.vcpuacct.history.track.Track;

/** What is kept of a vCPU now and then. Many steps share a row: the last one stays at hand. */
final class DetailTrack {

  private final Track track;
  private int index = -1;
  private Optional<DetailRow> row = Optional.empty();

  DetailTrack(Track track) {
    this.track = track;
  }

  /** What was kept last, up to a step; empty if nothing was. */
  Optional<DetailRow> at(int step) {
    int wanted = track.lastUpTo(step);
    if (wanted != index) {
      index = wanted;
      row = wanted < 0 ? Optional.empty() : Optional.of(DetailRow.read(track.row(wanted)));
    }
    return row;
  }
}
