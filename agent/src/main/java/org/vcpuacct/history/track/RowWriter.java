package org.vcpuacct.history.track;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Tracks as octets, step by step: of each row the number of its track, then how many of its values
 * differ from those of the row before, and of each of those how many lie between it and the one
 * before, and the difference. A track that is new has the number 0, and then its key and how many
 * columns it has; it differs from zeros. Others have 1 and more, by the order in which they were
 * new.
 */
public final class RowWriter {

  private final Map<ByteBuffer, Last> lastByKey = new HashMap<>();

  /** The last row of a track: only what is not 0, as most of a wide row is. */
  private static final class Last {
    private final int number;
    private int[] columns = {};
    private long[] values = {};

    Last(int number) {
      this.number = number;
    }

    long[] row(int length) {
      long[] row = new long[length];
      for (int i = 0; i < columns.length; i++) {
        row[columns[i]] = values[i];
      }
      return row;
    }

    void set(long[] row) {
      columns = IntStream.range(0, row.length).filter(column -> row[column] != 0).toArray();
      values = Arrays.stream(columns).mapToLong(column -> row[column]).toArray();
    }
  }

  /** The octets of the rows of the next step. */
  public byte[] write(List<Row> rows) {
    OctetWriter out = new OctetWriter();
    for (Row row : rows) {
      Last last = lastByKey.get(ByteBuffer.wrap(row.key()));
      if (last == null) {
        last = new Last(lastByKey.size() + 1);
        lastByKey.put(ByteBuffer.wrap(row.key()), last);
        out.varint(0).octets(row.key()).varint(row.values().length);
      } else {
        out.varint(last.number);
      }
      writeDifferences(out, last.row(row.values().length), row.values());
      last.set(row.values());
    }
    return out.toArray();
  }

  private static void writeDifferences(OctetWriter out, long[] before, long[] values) {
    int differing = 0;
    for (int i = 0; i < values.length; i++) {
      differing += values[i] == before[i] ? 0 : 1;
    }
    out.varint(differing);
    int last = -1;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != before[i]) {
        out.varint(i - last - 1).signed(values[i] - before[i]);
        last = i;
      }
    }
  }
}
