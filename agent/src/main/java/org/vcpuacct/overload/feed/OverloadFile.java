package org.vcpuacct.overload.feed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * Reads what one network element is asked to do out of the file in memory: for applications of this
 * host. A look makes no system call and leaves a few objects behind. Not safe for use by two
 * threads.
 */
public final class OverloadFile {

  private final Path path;
  private final byte[] name;
  private final LongSupplier monotonicNs;
  private final ByteBuffer figures =
      ByteBuffer.allocate(RecordLayout.FIGURES_END).order(ByteOrder.nativeOrder());
  private Optional<RecordMemory> memory = Optional.empty();
  private int slot;
  private int index = RecordLayout.FREE;
  private Optional<OverloadRecord> last = Optional.empty();

  /**
   * A reader; the file is opened by the first look.
   *
   * @param ne name of the network element
   */
  public OverloadFile(Path path, String ne) {
    this(path, ne, System::nanoTime);
  }

  /**
   * @param monotonicNs CLOCK_MONOTONIC, ns
   */
  OverloadFile(Path path, String ne, LongSupplier monotonicNs) {
    this.path = path;
    this.name = RecordName.encode(ne);
    this.monotonicNs = monotonicNs;
  }

  /**
   * What holds now. Empty if nothing does, and then the network element is to take all its traffic:
   * its load is not known, or it is not there, or the daemon has ended. Each such look opens the
   * file anew.
   *
   * @throws IOException if there is no file, or it cannot be read, or it is another sort of file
   */
  public Optional<OverloadRecord> read() throws IOException {
    Optional<OverloadRecord> known = memory.filter(RecordMemory::isLive).flatMap(this::readRecord);
    if (known.isPresent()) {
      return known;
    }
    RecordMemory opened = open();
    memory = Optional.of(opened);
    OptionalInt found = find(opened);
    if (found.isEmpty()) {
      index = RecordLayout.FREE;
      return Optional.empty();
    }
    slot = found.getAsInt();
    return readRecord(opened);
  }

  private RecordMemory open() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return RecordMemory.map(channel, MapMode.READ_ONLY, path);
    }
  }

  private OptionalInt find(RecordMemory in) {
    for (int candidate = 0; candidate < in.capacity(); candidate++) {
      int before = indexOf(in, candidate);
      if (before != RecordLayout.FREE
          && Arrays.equals(name, in.readName(candidate))
          && before == indexOf(in, candidate)) {
        index = before;
        last = Optional.empty();
        return OptionalInt.of(candidate);
      }
    }
    return OptionalInt.empty();
  }

  private int indexOf(RecordMemory in, int candidate) {
    return in.readFigures(candidate, figures)
        ? figures.getInt(RecordLayout.INDEX_AT)
        : RecordLayout.FREE;
  }

  private Optional<OverloadRecord> readRecord(RecordMemory in) {
    if (index == RecordLayout.FREE) {
      return Optional.empty();
    }
    // What was read before may be acted on while it is valid, whatever is being written.
    if (in.readFigures(slot, figures)) {
      last = OverloadRecord.decode(figures).filter(record -> record.index() == index);
    }
    return last.filter(record -> record.isValidAt(monotonicNs.getAsLong()));
  }
}
