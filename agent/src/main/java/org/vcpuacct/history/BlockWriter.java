package org.vcpuacct.history;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.vcpuacct.history.track.OctetWriter;
import org.vcpuacct.history.track.RowWriter;
import org.vcpuacct.ledger.Snapshot;

/** Writes the steps of a block, one by one. For one thread. */
final class BlockWriter implements Closeable {

  private final HistoryFile file;
  private final FileChannel channel;
  private final StepRows rows = new StepRows();
  private final Map<Integer, RowWriter> writers = new HashMap<>();
  private int steps;
  private long octets;
  private long firstNs;
  private long lastNs;

  /**
   * Makes the file.
   *
   * @param file where there is none yet
   */
  BlockWriter(HistoryFile file, FileHeader header) throws IOException {
    this.file = file;
    channel = FileChannel.open(file.path(), Set.of(CREATE_NEW, WRITE), HistoryStore.OWNERS_FILE);
    try {
      write(header.octets());
    } catch (IOException e) {
      channel.close();
      Files.deleteIfExists(file.path());
      throw e;
    }
  }

  HistoryFile file() {
    return file;
  }

  /** How many steps it has. */
  int steps() {
    return steps;
  }

  /** How large it is. */
  long octets() {
    return octets;
  }

  /** Time from its first step to its last, ns. */
  long spanNs() {
    return lastNs - firstNs;
  }

  /**
   * Appends a step.
   *
   * @throws IOException if that failed; nothing can be appended any more, as the next step would be
   *     told by what it differs from this one
   */
  void append(Snapshot snapshot) throws IOException {
    OctetWriter step = new OctetWriter().varint(StepRows.sections(snapshot));
    rows.of(snapshot, (section, of) -> step.varint(section).octets(writer(section).write(of)));
    write(Frame.of(steps, step.toArray()));
    firstNs = steps == 0 ? snapshot.takenNs() : firstNs;
    lastNs = snapshot.takenNs();
    steps++;
  }

  private RowWriter writer(int section) {
    return writers.computeIfAbsent(section, key -> new RowWriter());
  }

  private void write(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      octets += channel.write(buffer);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
