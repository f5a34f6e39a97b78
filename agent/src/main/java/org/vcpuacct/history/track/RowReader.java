package org.vcpuacct.history.track;

import java.util.ArrayList;
import java.util.List;

/** Reads what a {@link RowWriter} has written, from its first step on. */
public final class RowReader {

  private static final int MAX_COLUMNS = 1 << 12;

  private final List<RowTrack> tracks = new ArrayList<>();

  /**
   * Reads the rows of the next step.
   *
   * @param step the number that these rows get
   */
  public void read(int step, OctetReader in) throws MalformedTrackException {
    while (!in.atEnd()) {
      int number = in.count(tracks.size());
      if (number == 0) {
        tracks.add(new RowTrack(in.octets(), in.count(MAX_COLUMNS)));
        number = tracks.size();
      }
      RowTrack track = tracks.get(number - 1);
      track.add(step, values(in, track));
    }
  }

  /** The tracks so far, in less memory than their rows take. */
  public List<Track> tracks() {
    return tracks.stream().map(ColumnTrack::of).toList();
  }

  private static long[] values(OctetReader in, RowTrack track) throws MalformedTrackException {
    int columns = track.columns();
    long[] values = track.size() == 0 ? new long[columns] : track.row(track.size() - 1).clone();
    int differing = in.count(columns);
    int column = -1;
    for (int i = 0; i < differing; i++) {
      column += 1 + in.count(columns - column - 2);
      values[column] += in.signed();
    }
    return values;
  }
}
