package org.vcpuacct.overload.feed;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;

/**
 * Keeps the file up to date. A network element keeps its record while it is there. Not safe for use
 * by two threads.
 */
final class OverloadFileWriter implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(OverloadFileWriter.class);

  /** Room that suffices most hosts; a page and a bit. */
  private static final int FIRST_CAPACITY = 64;

  private static final Set<PosixFilePermission> READABLE_BY_GROUP =
      PosixFilePermissions.fromString("rw-r-----");

  private final Path path;
  private final ByteBuffer record =
      ByteBuffer.allocate(RecordLayout.RECORD_BYTES).order(ByteOrder.nativeOrder());
  private final Map<Integer, Integer> slots = new HashMap<>();
  private final BitSet used = new BitSet();
  private RecordMemory memory;

  /** Makes the file, in place of one that an earlier daemon has left. */
  OverloadFileWriter(Path path) throws IOException {
    this.path = path;
    Optional<RecordMemory> left = leftBehind();
    this.memory = create(FIRST_CAPACITY, Optional.empty());
    left.ifPresent(RecordMemory::retire);
  }

  /** Its readers need not find out by its expiry that there is a newer one. */
  private Optional<RecordMemory> leftBehind() {
    try (FileChannel channel = FileChannel.open(path, READ, WRITE)) {
      return Optional.of(RecordMemory.map(channel, MapMode.READ_WRITE, path));
    } catch (IOException e) {
      LOG.debug("no file of an earlier daemon: {}", e.toString());
      return Optional.empty();
    }
  }

  /**
   * Writes what a snapshot says. Of a network element whose load is not known, what was said before
   * stays until it expires.
   *
   * @throws IOException if the file has to grow and cannot; then it has those that it has room for
   */
  void write(Snapshot snapshot) throws IOException {
    List<NeAccount> nes = snapshot.nes();
    free(nes);
    try {
      grow(nes.size());
    } finally {
      nes.forEach(ne -> write(ne, snapshot.takenNs()));
    }
  }

  private void write(NeAccount ne, long takenNs) {
    Integer slot = slots.get(ne.index());
    if (slot != null && ne.overload().isPresent()) {
      write(slot, ne, takenNs);
    } else if (slot == null && slots.size() < memory.capacity()) {
      write(newSlot(ne), ne, takenNs);
    }
  }

  private void free(List<NeAccount> nes) {
    Set<Integer> gone = new HashSet<>(slots.keySet());
    nes.forEach(ne -> gone.remove(ne.index()));
    for (Integer index : gone) {
      int slot = slots.remove(index);
      clearRecord();
      memory.write(slot, record);
      used.clear(slot);
    }
  }

  private int newSlot(NeAccount ne) {
    int slot = used.nextClearBit(0);
    used.set(slot);
    slots.put(ne.index(), slot);
    return slot;
  }

  private void write(int slot, NeAccount ne, long takenNs) {
    clearRecord();
    record.putInt(RecordLayout.INDEX_AT, ne.index());
    record.put(RecordLayout.NAME_AT, RecordName.encode(ne.name()));
    ne.overload().ifPresent(overload -> OverloadRecord.of(ne, overload, takenNs).encode(record));
    memory.write(slot, record);
  }

  private void clearRecord() {
    record.put(0, new byte[RecordLayout.RECORD_BYTES]);
  }

  private void grow(int needed) throws IOException {
    if (needed <= memory.capacity()) {
      return;
    }
    RecordMemory old = memory;
    memory = create(Math.max(needed, 2 * old.capacity()), Optional.of(old));
    old.retire();
  }

  /** Makes a file with the records of another, if any, and gives it the name. */
  private RecordMemory create(int capacity, Optional<RecordMemory> other) throws IOException {
    Path made = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(made);
    try (FileChannel channel = FileChannel.open(made, CREATE_NEW, READ, WRITE)) {
      Files.setPosixFilePermissions(made, READABLE_BY_GROUP);
      // Written, not only made longer: of a tmpfs that is full, it is here that one learns.
      ByteBuffer zeros = ByteBuffer.allocate(RecordLayout.fileBytes(capacity));
      while (zeros.hasRemaining()) {
        channel.write(zeros);
      }
      RecordMemory formatted = RecordMemory.format(channel, capacity);
      other.ifPresent(formatted::copyRecords);
      Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
      return formatted;
    } catch (IOException e) {
      Files.deleteIfExists(made);
      throw e;
    }
  }

  /** What was said expires, and readers look for the file of the next daemon. */
  @Override
  public void close() {
    memory.retire();
  }
}
