package org.vcpuacct.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.vcpuacct.history.track.MalformedTrackException;
import org.vcpuacct.history.track.OctetReader;
import org.vcpuacct.history.track.RowReader;
import org.vcpuacct.history.track.Track;

/**
 * The sections of a file that is being written, or was when the daemon ended: a frame for each
 * step, with its number from 0. In it, the number of sections, and of each its number and its rows.
 * What is behind the last whole step is left out.
 */
final class StepSections implements Sections {

  private static final int MAX_SECTIONS = 1 << 20;

  private final FrameFile file;
  private final Map<Integer, List<Part>> parts = new TreeMap<>();

  /** Where the rows are that a step has of a section: those of an hour do not fit into memory. */
  private record Part(int step, long offset, int length) {}

  StepSections(Path path) throws IOException {
    file = new FrameFile(path);
    for (FrameFile.Slot slot : file.slots()) {
      try {
        find(slot);
      } catch (MalformedTrackException e) {
        String lost = "what is behind step " + slot.number() + " of " + path + " is lost: ";
        DamageLog.say(path, lost + e.getMessage());
        return;
      }
    }
  }

  @Override
  public FileHeader header() {
    return file.header();
  }

  @Override
  public Set<Integer> numbers() {
    return parts.keySet();
  }

  @Override
  public List<Track> tracks(int section) throws IOException {
    RowReader reader = new RowReader();
    for (Part part : parts.getOrDefault(section, List.of())) {
      reader.read(part.step(), new OctetReader(file.read(part.offset(), part.length()).array()));
    }
    return reader.tracks();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void find(FrameFile.Slot slot) throws IOException {
    OctetReader in = new OctetReader(file.payload(slot));
    long begin = slot.offset() + Frame.HEADER_OCTETS;
    int count = in.count(MAX_SECTIONS);
    for (int i = 0; i < count; i++) {
      int section = in.count(Integer.MAX_VALUE);
      int length = in.skip();
      parts
          .computeIfAbsent(section, key -> new ArrayList<>())
          .add(new Part(slot.number(), begin + in.position() - length, length));
    }
  }
}
