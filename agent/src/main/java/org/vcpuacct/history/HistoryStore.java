package org.vcpuacct.history;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.history.track.MalformedTrackException;
import org.vcpuacct.ledger.Snapshot;

/** Writes the history in a folder, and drops what is too much of it. For one thread. */
final class HistoryStore implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(HistoryStore.class);

  /** Only the daemon's user reads and writes a file of the history. */
  static final FileAttribute<Set<PosixFilePermission>> OWNERS_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** Long enough that what each block repeats does not count, short enough to be read at once. */
  static final long BLOCK_NS = 180_000_000_000L;

  /** A file of steps is not more of all that may be held than this. */
  private static final int OPEN_PART = 4;

  /** Alarms raised as soon after another one need no copy of their own. */
  private static final long SHARED_MS = 60_000;

  private final Path folder;
  private HistorySettings settings;
  private final FileHeader header;
  private final Deque<Kept> blocks = new ArrayDeque<>();
  private Optional<BlockWriter> writer = Optional.empty();
  private long nextSequence = 1;

  /** A block of the past. */
  private record Kept(HistoryFile file, Extent extent, long spanNs, long octets) {}

  /**
   * Goes on with what is in a folder, or makes it.
   *
   * @param runEpochMillis when the daemon began, ms since 1970
   */
  HistoryStore(Path folder, HistorySettings settings, long runEpochMillis) throws IOException {
    this.folder = folder;
    this.settings = settings;
    this.header = new FileHeader(runEpochMillis);
    Files.createDirectories(folder, OWNERS_FOLDER);
    deleteHalfWritten();
    for (HistoryFile file : HistoryFile.list(folder)) {
      nextSequence = file.sequence() + 1;
      tryKeep(file);
    }
    useFrozenSequences();
    dropOld();
  }

  /** Holds as much as other settings say; cheap if they are the same. */
  void use(HistorySettings wanted) throws IOException {
    if (!wanted.equals(settings)) {
      settings = wanted;
      dropOld();
    }
  }

  /**
   * Appends a step.
   *
   * @throws IOException if the disk does not take it; the next one may be tried
   */
  void append(Snapshot snapshot) throws IOException {
    if (writer.isPresent() && isFull(writer.get())) {
      finishBlock();
    }
    if (writer.isEmpty()) {
      writer = Optional.of(new BlockWriter(HistoryFile.in(folder, nextSequence, true), header));
      nextSequence++;
    }
    try {
      writer.get().append(snapshot);
    } catch (IOException e) {
      finishBlock();
      throw e;
    }
  }

  /** Keeps the time around an alarm. */
  void freeze(FrozenCopy copy) throws IOException {
    List<FrozenFolder> frozen = FrozenFolder.list(folder);
    boolean shared =
        frozen.stream()
            .map(other -> copy.raisedEpochMillis() - other.copy().raisedEpochMillis())
            .anyMatch(laterMs -> laterMs >= 0 && laterMs < SHARED_MS);
    if (shared || settings.frozenCopies() == 0) {
      return;
    }
    for (int i = 0; i <= frozen.size() - settings.frozenCopies(); i++) {
      frozen.get(i).delete();
    }
    FrozenFolder made = FrozenFolder.make(folder, copy);
    for (Kept block : blocks) {
      made.keep(block.file(), block.extent());
    }
  }

  /** Leaves the last steps as they are: the next daemon makes a block of them. */
  @Override
  public void close() throws IOException {
    if (writer.isPresent()) {
      writer.get().close();
      writer = Optional.empty();
    }
  }

  private boolean isFull(BlockWriter block) {
    return block.spanNs() >= BLOCK_NS || block.octets() > settings.octets() / OPEN_PART;
  }

  private void finishBlock() throws IOException {
    BlockWriter finished = writer.orElseThrow();
    writer = Optional.empty();
    finished.close();
    tryKeep(finished.file());
    dropOld();
  }

  /** Takes a file into the past; one that cannot be read, or has no step, is of no use. */
  private void tryKeep(HistoryFile file) throws IOException {
    try {
      keep(file.open() ? compact(file) : file);
    } catch (IOException e) {
      LOG.error("{} is dropped: {}", file.path(), e.toString());
      Files.deleteIfExists(file.path());
    }
  }

  /** On a full disk, the oldest block makes room for the newest. */
  private HistoryFile compact(HistoryFile file) throws IOException {
    try {
      return Compaction.compact(file);
    } catch (MalformedTrackException e) {
      throw e;
    } catch (IOException e) {
      if (blocks.isEmpty()) {
        throw e;
      }
      LOG.warn(
          "the oldest block is dropped, as the disk does not take a new one: {}", e.toString());
      dropOldest();
      return Compaction.compact(file);
    }
  }

  private void keep(HistoryFile file) throws IOException {
    try (Block block = Block.open(file)) {
      StepTimes times = block.times();
      long span = times.takenUnits(times.steps() - 1) - times.takenUnits(0);
      blocks.add(new Kept(file, block.extent(), Resolution.ns(span), Files.size(file.path())));
      for (FrozenFolder frozen : FrozenFolder.list(folder)) {
        frozen.keep(file, block.extent());
      }
    }
  }

  private void dropOld() throws IOException {
    while (!blocks.isEmpty() && isTooMuch()) {
      dropOldest();
    }
  }

  private void dropOldest() throws IOException {
    Files.deleteIfExists(blocks.remove().file().path());
  }

  private boolean isTooMuch() {
    long spanNs = blocks.stream().skip(1).mapToLong(Kept::spanNs).sum();
    long octets = blocks.stream().mapToLong(Kept::octets).sum();
    return spanNs >= settings.length().toNanos()
        || octets > settings.octets() - settings.octets() / OPEN_PART;
  }

  private void deleteHalfWritten() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".new")).toList()) {
        Files.delete(file);
      }
    }
  }

  private void useFrozenSequences() throws IOException {
    for (FrozenFolder frozen : FrozenFolder.list(folder)) {
      for (HistoryFile file : HistoryFile.list(frozen.path())) {
        nextSequence = Math.max(nextSequence, file.sequence() + 1);
      }
    }
  }
}
