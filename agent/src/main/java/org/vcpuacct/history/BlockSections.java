package org.vcpuacct.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.history.track.Track;
import org.vcpuacct.history.track.TrackCodec;

/** The sections of a block: a frame each, with the section's number. */
final class BlockSections implements Sections {

  private static final Logger LOG = LoggerFactory.getLogger(BlockSections.class);

  private final FrameFile file;
  private final Map<Integer, FrameFile.Slot> slots = new LinkedHashMap<>();

  BlockSections(Path path) throws IOException {
    file = new FrameFile(path);
    file.slots().forEach(slot -> slots.putIfAbsent(slot.number(), slot));
    if (file.end() < file.octets()) {
      LOG.error("{} is damaged: its last {} octets are lost", path, file.octets() - file.end());
    }
  }

  @Override
  public FileHeader header() {
    return file.header();
  }

  @Override
  public Set<Integer> numbers() {
    return slots.keySet();
  }

  @Override
  public List<Track> tracks(int section) throws IOException {
    FrameFile.Slot slot = slots.get(section);
    return slot == null ? List.of() : TrackCodec.decode(file.payload(slot));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
