package org.vcpuacct.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of one line, some of whose fields are numbers that grow. It is written in place, since the
 * daemon keeps it open, and without making objects, since they would be counted as the daemon's.
 */
final class GrowingFile implements Closeable {

  private static final int LONGEST_NUMBER = 19;

  private final FileChannel file;
  private final List<byte[]> textBefore = new ArrayList<>();
  private final long[] numbers;
  private final byte[] textAfter;
  private final ByteBuffer line;

  /**
   * Opens a file.
   *
   * @param fields where its fields start that grow, counted in characters, ascending
   */
  private GrowingFile(Path path, String text, int[] fields) throws IOException {
    numbers = new long[fields.length];
    int position = 0;
    for (int i = 0; i < fields.length; i++) {
      int end = text.indexOf(' ', fields[i]);
      textBefore.add(text.substring(position, fields[i]).getBytes(US_ASCII));
      numbers[i] = Long.parseLong(text.substring(fields[i], end));
      position = end;
    }
    textAfter = text.substring(position).getBytes(US_ASCII);
    line = ByteBuffer.allocateDirect(text.length() + fields.length * LONGEST_NUMBER);
    file = FileChannel.open(path, StandardOpenOption.WRITE);
  }

  /**
   * Opens a file.
   *
   * @param fields which fields grow, ascending and numbered from 1; none of them is the last. A
   *     field in parentheses counts as one, as in proc_pid_stat(5)
   */
  static GrowingFile open(Path path, int... fields) throws IOException {
    String text = Files.readString(path);
    int[] starts = new int[fields.length];
    for (int i = 0; i < fields.length; i++) {
      starts[i] = startOf(text, fields[i]);
    }
    return new GrowingFile(path, text, starts);
  }

  private static int startOf(String text, int field) {
    int comm = text.lastIndexOf(')');
    int position = comm < 0 ? 0 : comm + 2;
    for (int i = comm < 0 ? 1 : 3; i < field; i++) {
      position = text.indexOf(' ', position) + 1;
    }
    return position;
  }

  /** Adds to the numbers, in their order, and writes the file. */
  void grow(long... growth) throws IOException {
    line.clear();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] += growth[i];
      line.put(textBefore.get(i));
      putNumber(numbers[i]);
    }
    line.put(textAfter).flip();
    file.write(line, 0);
  }

  private void putNumber(long number) {
    if (number >= 10) {
      putNumber(number / 10);
    }
    line.put((byte) ('0' + number % 10));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
