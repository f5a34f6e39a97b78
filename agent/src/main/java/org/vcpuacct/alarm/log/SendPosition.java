package org.vcpuacct.alarm.log;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * How far a target has been sent the log: a file with two slots, of a sequence number and its
 * checksum each, that are written by turns. One that a crash has torn leaves the other. For one
 * thread.
 */
final class SendPosition implements Closeable {

  private static final String SUFFIX = ".position";
  private static final int SLOT_OCTETS = 2 * Long.BYTES;
  private static final int SLOTS = 2;

  private final FileChannel file;
  private int nextSlot;

  private SendPosition(FileChannel file) {
    this.file = file;
  }

  /** Where the position of a target is kept. */
  static Path file(Path folder, String target) {
    return folder.resolve(target + SUFFIX);
  }

  /** Whether a file of the log's folder is a position. */
  static boolean isOne(Path file) {
    return file.getFileName().toString().endsWith(SUFFIX);
  }

  /** Opens the file, or makes it. */
  static SendPosition open(Path file) throws IOException {
    return new SendPosition(
        FileChannel.open(file, Set.of(CREATE, READ, WRITE), LogFolder.OWNERS_FILE));
  }

  /** The sequence number of the last notification that was sent; empty if none is known. */
  OptionalLong read() throws IOException {
    OptionalLong last = OptionalLong.empty();
    for (int slot = 0; slot < SLOTS; slot++) {
      Optional<Long> sequence = read(slot);
      if (sequence.isPresent() && (last.isEmpty() || sequence.get() > last.getAsLong())) {
        last = OptionalLong.of(sequence.get());
        nextSlot = (slot + 1) % SLOTS;
      }
    }
    return last;
  }

  /** Notes a notification that was sent: known after the end of this process. */
  void write(long sequence) throws IOException {
    ByteBuffer slot = ByteBuffer.allocate(SLOT_OCTETS).putLong(sequence).putLong(crc(sequence));
    slot.flip();
    long begin = (long) nextSlot * SLOT_OCTETS;
    while (slot.hasRemaining()) {
      file.write(slot, begin + slot.position());
    }
    nextSlot = (nextSlot + 1) % SLOTS;
  }

  /** What was written is known after the end of this system too. */
  void force() throws IOException {
    file.force(false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private Optional<Long> read(int slot) throws IOException {
    ByteBuffer octets = ByteBuffer.allocate(SLOT_OCTETS);
    while (octets.hasRemaining()) {
      if (file.read(octets, (long) slot * SLOT_OCTETS + octets.position()) < 0) {
        return Optional.empty();
      }
    }
    octets.flip();
    long sequence = octets.getLong();
    return octets.getLong() == crc(sequence) ? Optional.of(sequence) : Optional.empty();
  }

  private static long crc(long sequence) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(sequence).flip());
    return crc.getValue();
  }
}
