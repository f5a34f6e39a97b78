package org.vcpuacct.alarm.log;

import static java.nio.file.StandardOpenOption.READ;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the records of one segment from first to last, also when the file has been deleted since.
 * Octets that are no record are passed over: one that is damaged costs no other. For one thread.
 */
final class RecordReader implements Closeable {

  private static final int SEARCH_OCTETS = 1 << 14;

  private final FileChannel channel;
  private long offset;
  private long damagedOctets;

  RecordReader(Path file) throws IOException {
    channel = FileChannel.open(file, READ);
  }

  /** Where the next record begins: behind the last whole one. */
  long offset() {
    return offset;
  }

  /** How many octets have been passed over between records. */
  long damagedOctets() {
    return damagedOctets;
  }

  /** How long the file is now. */
  long fileOctets() throws IOException {
    return channel.size();
  }

  /**
   * The next whole record; empty if there is none, and then the reader stays where it is.
   *
   * @param end where what may be read ends, in octets from the file's beginning
   */
  Optional<LogRecord> next(long end) throws IOException {
    long candidate = offset;
    while (candidate + LogRecord.HEADER_OCTETS <= end) {
      Optional<LogRecord> record = recordAt(candidate, end);
      if (record.isPresent()) {
        damagedOctets += candidate - offset;
        offset = candidate + record.get().octets();
        return record;
      }
      candidate = markerFrom(candidate + 1, end);
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private Optional<LogRecord> recordAt(long begin, long end) throws IOException {
    Optional<Integer> octets = LogRecord.octets(read(begin, LogRecord.HEADER_OCTETS));
    return octets.isPresent() && begin + octets.get() <= end
        ? LogRecord.read(read(begin, octets.get()))
        : Optional.empty();
  }

  /** Where the next marker is; the end if there is none. */
  private long markerFrom(long begin, long end) throws IOException {
    long searched = begin;
    while (searched + Integer.BYTES <= end) {
      ByteBuffer octets = read(searched, (int) Math.min(SEARCH_OCTETS, end - searched));
      int last = octets.limit() - Integer.BYTES;
      for (int i = 0; i <= last; i++) {
        if (octets.getInt(i) == LogRecord.MARKER) {
          return searched + i;
        }
      }
      searched += last + 1;
    }
    return end;
  }

  private ByteBuffer read(long begin, int length) throws IOException {
    ByteBuffer octets = ByteBuffer.allocate(length);
    while (octets.hasRemaining()) {
      if (channel.read(octets, begin + octets.position()) < 0) {
        throw new IOException("the file has become shorter");
      }
    }
    return octets.flip();
  }
}
