package org.vcpuacct.overload.feed;

import static org.vcpuacct.overload.feed.RecordLayout.CAPACITY_AT;
import static org.vcpuacct.overload.feed.RecordLayout.FIGURES_END;
import static org.vcpuacct.overload.feed.RecordLayout.HEADER_BYTES;
import static org.vcpuacct.overload.feed.RecordLayout.HEADER_BYTES_AT;
import static org.vcpuacct.overload.feed.RecordLayout.LOCK_AT;
import static org.vcpuacct.overload.feed.RecordLayout.MAGIC;
import static org.vcpuacct.overload.feed.RecordLayout.MAGIC_AT;
import static org.vcpuacct.overload.feed.RecordLayout.NAME_AT;
import static org.vcpuacct.overload.feed.RecordLayout.NAME_BYTES;
import static org.vcpuacct.overload.feed.RecordLayout.RECORD_BYTES;
import static org.vcpuacct.overload.feed.RecordLayout.RECORD_BYTES_AT;
import static org.vcpuacct.overload.feed.RecordLayout.STATE_AT;
import static org.vcpuacct.overload.feed.RecordLayout.STATE_LIVE;
import static org.vcpuacct.overload.feed.RecordLayout.STATE_RETIRED;
import static org.vcpuacct.overload.feed.RecordLayout.VERSION;
import static org.vcpuacct.overload.feed.RecordLayout.VERSION_AT;
import static org.vcpuacct.overload.feed.RecordLayout.WORD;
import static org.vcpuacct.overload.feed.RecordLayout.recordAt;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/**
 * The mapped file. One thread of one process writes, any number read. A record is guarded by a
 * sequence lock: its lock is odd while it is written, and another even number afterwards; who finds
 * the same even number before and after copying has copied a whole record.
 */
final class RecordMemory {

  /**
   * More than a writer takes that the host has not stopped in the middle: some microseconds. A
   * reader does not wait for it any longer.
   */
  private static final int MAX_TRIES = 1_000;

  private static final VarHandle LONG =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final ByteBuffer bytes;
  private final int capacity;

  private RecordMemory(ByteBuffer bytes) {
    this.bytes = bytes;
    this.capacity = bytes.getInt(CAPACITY_AT);
  }

  /**
   * Makes an empty one of a file that is all zero.
   *
   * @param channel open for reading and writing
   */
  static RecordMemory format(FileChannel channel, int capacity) throws IOException {
    ByteBuffer bytes = map(channel, MapMode.READ_WRITE);
    bytes.putLong(MAGIC_AT, MAGIC);
    bytes.putInt(VERSION_AT, VERSION);
    bytes.putInt(HEADER_BYTES_AT, HEADER_BYTES);
    bytes.putInt(RECORD_BYTES_AT, RECORD_BYTES);
    bytes.putInt(CAPACITY_AT, capacity);
    bytes.putInt(STATE_AT, STATE_LIVE);
    return new RecordMemory(bytes);
  }

  /**
   * Maps a file that is there.
   *
   * @throws IOException if it is not such a file
   */
  static RecordMemory map(FileChannel channel, MapMode mode, Object name) throws IOException {
    if (channel.size() < HEADER_BYTES || channel.size() > Integer.MAX_VALUE) {
      throw new IOException(name + " is no file of vcpuacct's load-shedding input");
    }
    ByteBuffer bytes = map(channel, mode);
    if (bytes.getLong(MAGIC_AT) != MAGIC || bytes.getInt(VERSION_AT) != VERSION) {
      throw new IOException(
          name + " is no file of vcpuacct's load-shedding input, version " + VERSION);
    }
    long capacity = bytes.getInt(CAPACITY_AT);
    if (bytes.getInt(HEADER_BYTES_AT) != HEADER_BYTES
        || bytes.getInt(RECORD_BYTES_AT) != RECORD_BYTES
        || capacity < 1
        || HEADER_BYTES + capacity * RECORD_BYTES > channel.size()) {
      throw new IOException(name + " contradicts itself: it was not made by vcpuacct");
    }
    return new RecordMemory(bytes);
  }

  private static ByteBuffer map(FileChannel channel, MapMode mode) throws IOException {
    return channel.map(mode, 0, channel.size()).order(ByteOrder.nativeOrder());
  }

  /** How many records there are, free ones included. */
  int capacity() {
    return capacity;
  }

  /** Whether the records are kept up to date, as far as the last writer said. */
  boolean isLive() {
    return (int) INT.getAcquire(bytes, STATE_AT) == STATE_LIVE;
  }

  /** Has all readers look for another file of the same name. */
  void retire() {
    INT.setRelease(bytes, STATE_AT, STATE_RETIRED);
  }

  /** Takes over the records of a smaller one. Nobody reads this one yet. */
  void copyRecords(RecordMemory other) {
    bytes.put(HEADER_BYTES, other.bytes, HEADER_BYTES, recordAt(other.capacity) - HEADER_BYTES);
  }

  /**
   * Writes a record.
   *
   * @param record as long as one; the lock in it does not count
   */
  void write(int slot, ByteBuffer record) {
    int at = recordAt(slot);
    // One that was being written when its writer died is odd already.
    long odd = (long) LONG.getOpaque(bytes, at + LOCK_AT) | 1;
    LONG.setOpaque(bytes, at + LOCK_AT, odd);
    VarHandle.releaseFence();
    for (int word = WORD; word < RECORD_BYTES; word += WORD) {
      LONG.setOpaque(bytes, at + word, record.getLong(word));
    }
    LONG.setRelease(bytes, at + LOCK_AT, odd + 1);
  }

  /**
   * Copies what a record says, without the name.
   *
   * @param into gets it in the same place, up to {@link RecordLayout#FIGURES_END}
   * @return false if its writer has been stopped in the middle, or has died
   */
  boolean readFigures(int slot, ByteBuffer into) {
    int at = recordAt(slot);
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      long before = (long) LONG.getAcquire(bytes, at + LOCK_AT);
      for (int word = WORD; word < FIGURES_END; word += WORD) {
        into.putLong(word, (long) LONG.getOpaque(bytes, at + word));
      }
      VarHandle.acquireFence();
      if ((before & 1) == 0 && before == (long) LONG.getOpaque(bytes, at + LOCK_AT)) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }

  /**
   * Copies the name in a record. It is whole if the record has the same index before and after: a
   * network element keeps its name.
   */
  byte[] readName(int slot) {
    ByteBuffer name = ByteBuffer.allocate(NAME_BYTES).order(ByteOrder.nativeOrder());
    int at = recordAt(slot) + NAME_AT;
    for (int word = 0; word < NAME_BYTES; word += WORD) {
      name.putLong(word, (long) LONG.getOpaque(bytes, at + word));
    }
    VarHandle.acquireFence();
    return name.array();
  }
}
