package org.vcpuacct.history;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.vcpuacct.history.track.TrackCodec;

/** Makes a block, a fraction as large, of the steps that were written one by one. */
final class Compaction {

  private Compaction() {}

  /**
   * Puts a block in the place of a file of steps. That stays if it fails.
   *
   * @param open the file of steps, which nobody writes any more
   * @return the block
   */
  static HistoryFile compact(HistoryFile open) throws IOException {
    Path folder = open.path().getParent();
    HistoryFile block = HistoryFile.in(folder, open.sequence(), false);
    Path written = folder.resolve(block.path().getFileName() + ".new");
    try (Sections sections = new StepSections(open.path())) {
      Files.deleteIfExists(written);
      write(written, sections);
      Files.move(written, block.path(), ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(written);
      throw e;
    }
    Files.delete(open.path());
    return block;
  }

  private static void write(Path file, Sections sections) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, Set.of(CREATE_NEW, WRITE), HistoryStore.OWNERS_FILE)) {
      write(channel, sections.header().octets());
      for (int section : sections.numbers()) {
        write(channel, Frame.of(section, TrackCodec.encode(sections.tracks(section))));
      }
      channel.force(true);
    }
  }

  private static void write(FileChannel channel, ByteBuffer octets) throws IOException {
    while (octets.hasRemaining()) {
      channel.write(octets);
    }
  }
}
