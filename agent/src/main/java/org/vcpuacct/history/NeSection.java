package org.vcpuacct.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vcpuacct.history.track.Track;
import org.vcpuacct.ledger.Overload;

/** What a block holds of the network elements beside their VMs. */
final class NeSection {

  private final Map<Track, NeKey> keys = new LinkedHashMap<>();

  /** A network element at a step. */
  record Ne(NeKey key, Optional<Overload> overload) {}

  NeSection(List<Track> tracks) throws IOException {
    for (Track track : tracks) {
      KeyKind.NE.require(track);
      keys.put(track, NeKey.read(KeyKind.rest(track)));
    }
  }

  /** The network elements at a step. */
  List<Ne> at(int step) throws IOException {
    List<Ne> found = new ArrayList<>();
    for (Map.Entry<Track, NeKey> ne : keys.entrySet()) {
      Track track = ne.getKey();
      if (track.has(step)) {
        found.add(new Ne(ne.getValue(), NeKey.overload(track.row(track.lastUpTo(step)))));
      }
    }
    return found;
  }
}
