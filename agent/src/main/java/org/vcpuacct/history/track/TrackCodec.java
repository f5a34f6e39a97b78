package org.vcpuacct.history.track;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tracks as octets, column by column: their number; of each its key, how many rows it has and how
 * many columns, the steps as a {@link Column}, how many columns are not 0 throughout, and of each
 * of those how many lie between it and the one before, and the {@link Column} itself.
 */
public final class TrackCodec {

  /** Far more than anything has. More is damage. */
  private static final int MAX_ROWS = 1 << 16;

  private static final int MAX_COLUMNS = 1 << 12;
  private static final int MAX_TRACKS = 1 << 20;

  private TrackCodec() {}

  /** The octets of tracks that have a row each at least. */
  public static byte[] encode(List<Track> tracks) {
    OctetWriter out = new OctetWriter();
    out.varint(tracks.size());
    for (Track track : tracks) {
      write(out, track);
    }
    return out.toArray();
  }

  /** The tracks that these octets are. */
  public static List<Track> decode(byte[] octets) throws MalformedTrackException {
    OctetReader in = new OctetReader(octets);
    int count = in.count(MAX_TRACKS);
    List<Track> tracks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tracks.add(read(in));
    }
    if (!in.atEnd()) {
      throw new MalformedTrackException("there are octets behind them");
    }
    return tracks;
  }

  private static void write(OctetWriter out, Track track) {
    int columns = track.columns();
    out.octets(track.keyOctets()).varint(track.size()).varint(columns);
    long[] values = new long[track.size()];
    Arrays.setAll(values, track::step);
    Column.write(out, values);
    OctetWriter body = new OctetWriter();
    int written = 0;
    int before = -1;
    for (int column = 0; column < columns; column++) {
      if (track.fill(column, values)) {
        body.varint(column - before - 1);
        Column.write(body, values);
        before = column;
        written++;
      }
    }
    out.varint(written).octets(body.toArray());
  }

  private static Track read(OctetReader in) throws MalformedTrackException {
    byte[] key = in.octets();
    int size = in.count(MAX_ROWS);
    int columns = in.count(MAX_COLUMNS);
    if (size == 0) {
      throw new MalformedTrackException("a track has no rows");
    }
    int[] steps = steps(Column.read(in, size));
    Map<Integer, PackedLongs> valuesByColumn = new HashMap<>();
    int written = in.count(columns);
    OctetReader body = in.part();
    int column = -1;
    for (int i = 0; i < written; i++) {
      column += 1 + body.count(columns - column - 2);
      valuesByColumn.put(column, new PackedLongs(Column.read(body, size)));
    }
    return new ColumnTrack(key, steps, columns, valuesByColumn);
  }

  private static int[] steps(long[] values) throws MalformedTrackException {
    int[] steps = new int[values.length];
    long before = 0;
    for (int i = 0; i < steps.length; i++) {
      if (values[i] < before || values[i] > MAX_ROWS) {
        throw new MalformedTrackException("a row is of step " + values[i]);
      }
      before = values[i];
      steps[i] = (int) values[i];
    }
    return steps;
  }
}
