package org.vcpuacct.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vcpuacct.history.track.Track;
import org.vcpuacct.history.track.TrackCodec;

/** The sections of a block: a frame each, with the section's number. */
final class BlockSections implements Sections {

  private final FrameFile file;
  private final Map<Integer, FrameFile.Slot> slots = new LinkedHashMap<>();

  BlockSections(Path path) throws IOException {
    file = new FrameFile(path);
    file.slots().forEach(slot -> slots.putIfAbsent(slot.number(), slot));
    if (file.end() < file.octets()) {
      long lost = file.octets() - file.end();
      DamageLog.say(path, path + " is damaged: its last " + lost + " octets are lost");
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
