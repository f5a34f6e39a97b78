package org.vcpuacct.history.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrackCodecTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsEncodedByColumnsIsDecodedEqual(long seed) throws Exception {
    List<Track> tracks = randomTracks(new Random(seed));
    assertEqual(TrackCodec.decode(TrackCodec.encode(tracks)), tracks);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsEncodedByRowsIsDecodedEqual(long seed) throws Exception {
    List<Track> tracks = randomTracks(new Random(seed));
    RowWriter writer = new RowWriter();
    RowReader reader = new RowReader();
    for (int step = 0; step < 400; step++) {
      reader.read(step, new OctetReader(writer.write(rowsOf(tracks, step))));
    }
    assertEqual(reader.tracks(), inOrderOfAppearance(tracks));
  }

  @Test
  void extremesAreNumbersAsAnyOther() throws Exception {
    RowTrack track = new RowTrack(new byte[] {1}, 2);
    long[] values = {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, Long.MIN_VALUE, 1, Long.MAX_VALUE};
    for (int i = 0; i < values.length; i++) {
      track.add(i, new long[] {values[i], -values[i] / 3});
    }
    assertEqual(TrackCodec.decode(TrackCodec.encode(List.of(track))), List.of(track));
  }

  @Test
  void whatEndsTooEarlyIsSaidToBeMalformed() {
    byte[] octets = TrackCodec.encode(randomTracks(new Random(1)));
    for (int length = 0; length < octets.length; length += 7) {
      byte[] part = Arrays.copyOf(octets, length);
      assertThatThrownBy(() -> TrackCodec.decode(part))
          .as("of %d octets", part.length)
          .isInstanceOf(MalformedTrackException.class);
    }
  }

  @Test
  void aSteadyCounterTakesHardlyMoreThanItsNoise() {
    Random random = new Random(7);
    RowTrack track = new RowTrack(new byte[] {1}, 1);
    long count = 1_000_000;
    for (int step = 0; step < 300; step++) {
      count += 1_000 + Math.round(random.nextGaussian() * 16);
      track.add(step, new long[] {count});
    }
    // 16 has 4 bits; normal noise of that deviation has an entropy of 6.05 bits.
    assertThat(TrackCodec.encode(List.of(track)).length).isLessThan(300 * 7 / 8);
  }

  private static List<Track> randomTracks(Random random) {
    List<Track> tracks = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      RowTrack track = new RowTrack(new byte[] {(byte) i, 9}, random.nextInt(40));
      long[] row = new long[track.columns()];
      int step = random.nextInt(50);
      do {
        row = next(random, row);
        track.add(step, row);
        step += random.nextInt(10) == 0 ? 1 + random.nextInt(20) : 1;
      } while (step < 400);
      tracks.add(track);
    }
    return tracks;
  }

  /** By column: nothing, a rate, a rate with noise, rare changes, leaps. */
  private static long[] next(Random random, long[] row) {
    long[] next = row.clone();
    for (int column = 0; column < next.length; column++) {
      next[column] +=
          switch (column % 5) {
            case 0 -> 0;
            case 1 -> 17L * column;
            case 2 -> 1_000 + Math.round(random.nextGaussian() * 100);
            case 3 -> random.nextInt(50) == 0 ? 1 : 0;
            default -> random.nextLong() >> random.nextInt(Long.SIZE);
          };
    }
    return next;
  }

  private static List<Row> rowsOf(List<Track> tracks, int step) {
    return tracks.stream()
        .filter(track -> track.has(step))
        .map(track -> new Row(track.keyOctets(), track.row(track.lastUpTo(step))))
        .toList();
  }

  private static List<Track> inOrderOfAppearance(List<Track> tracks) {
    return tracks.stream()
        .sorted((one, other) -> Integer.compare(one.step(0), other.step(0)))
        .toList();
  }

  private static void assertEqual(List<Track> actual, List<Track> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).keyOctets()).isEqualTo(expected.get(i).keyOctets());
      assertThat(Arrays.deepEquals(rows(actual.get(i)), rows(expected.get(i)))).isTrue();
    }
  }

  /** The step and then the row, each. */
  private static long[][][] rows(Track track) {
    long[][][] rows = new long[track.size()][][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new long[][] {{track.step(i)}, track.row(i)};
    }
    return rows;
  }
}
