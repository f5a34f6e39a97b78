package org.vcpuacct.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vcpuacct.history.track.MalformedTrackException;
import org.vcpuacct.history.track.Track;
import org.vcpuacct.ledger.Overload;

/** What a block holds beside the VMs: when its steps were, and the network elements. */
final class HostSection {

  private final Map<Track, NeKey> nes = new LinkedHashMap<>();
  private final long[] takenUnits;
  private final long[] epochMillis;

  /** A network element at a step. */
  record Ne(NeKey key, Optional<Overload> overload) {}

  HostSection(List<Track> tracks) throws IOException {
    Track times = null;
    for (Track track : tracks) {
      switch (KeyKind.of(track)) {
        case TIME -> times = track;
        case NE -> nes.put(track, NeKey.read(KeyKind.rest(track)));
        default -> throw new MalformedTrackException("the host has a track that is not of it");
      }
    }
    if (times == null) {
      throw new MalformedTrackException("the times of the steps are missing");
    }
    takenUnits = new long[times.size()];
    epochMillis = new long[times.size()];
    for (int step = 0; step < takenUnits.length; step++) {
      takenUnits[step] = times.row(step)[0];
      epochMillis[step] = times.row(step)[1];
    }
  }

  /** How many steps the block has. */
  int steps() {
    return takenUnits.length;
  }

  /** CLOCK_MONOTONIC of a step, in units of {@link Resolution}. */
  long takenUnits(int step) {
    return takenUnits[step];
  }

  /** Wall-clock time of a step, ms since 1970. */
  long epochMillis(int step) {
    return epochMillis[step];
  }

  /** The network elements at a step. */
  List<Ne> nesAt(int step) throws IOException {
    List<Ne> found = new ArrayList<>();
    for (Map.Entry<Track, NeKey> ne : nes.entrySet()) {
      int index = ne.getKey().lastUpTo(step);
      if (index >= 0 && ne.getKey().step(index) == step) {
        found.add(new Ne(ne.getValue(), NeKey.overload(ne.getKey().row(index))));
      }
    }
    return found;
  }
}
