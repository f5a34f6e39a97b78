package org.vcpuacct.history;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.vcpuacct.guest.GuestLoad;
import org.vcpuacct.guest.GuestReport;
import org.vcpuacct.guest.GuestState;
import org.vcpuacct.history.track.MalformedTrackException;
import org.vcpuacct.history.track.OctetReader;
import org.vcpuacct.history.track.Track;
import org.vcpuacct.ledger.Catalogue;
import org.vcpuacct.ledger.GuestView;

/** What a block holds of what the guests said that were VMs with one index. */
final class GuestTracks {

  private final Map<Track, Asked> asked = new LinkedHashMap<>();
  private final Map<Long, GuestLoadKey.Told> toldByUnits = new LinkedHashMap<>();

  /** How the asking went. */
  private record Asked(GuestState state, OptionalLong sinceNs, String message) {}

  /** Adds what is known of the asking. */
  void addAsked(Track track) throws IOException {
    OctetReader key = KeyKind.rest(track);
    int state = key.octet();
    boolean since = key.octet() == 1;
    long sinceNs = key.signed();
    asked.put(
        track,
        new Asked(
            Catalogue.find(GuestState.values(), GuestState::snmpNumber, state)
                .orElseThrow(() -> new MalformedTrackException("no state has number " + state)),
            since ? OptionalLong.of(sinceNs) : OptionalLong.empty(),
            key.text()));
  }

  /** Adds reports. */
  void addLoads(Track track) throws IOException {
    GuestLoadKey key = GuestLoadKey.read(KeyKind.rest(track));
    for (int i = 0; i < track.size(); i++) {
      long[] row = track.row(i);
      toldByUnits.put(row[0], key.told(row));
    }
  }

  /** What was known of the guest at a step; empty if guests were not asked. */
  Optional<GuestView> at(int step, long takenUnits) {
    return asked.entrySet().stream()
        .filter(entry -> entry.getKey().has(step))
        .findFirst()
        .map(entry -> view(entry.getValue(), row(entry.getKey(), step), takenUnits));
  }

  private static long[] row(Track track, int step) {
    return track.row(track.lastUpTo(step));
  }

  private GuestView view(Asked how, long[] row, long takenUnits) {
    Optional<GuestLoadKey.Told> last = Optional.ofNullable(toldByUnits.get(row[0]));
    Optional<GuestLoad> before =
        Optional.ofNullable(toldByUnits.get(row[1])).map(GuestLoadKey.Told::load);
    OptionalLong ageNs =
        last.isPresent()
            ? OptionalLong.of(Resolution.ns(takenUnits - row[0]))
            : OptionalLong.empty();
    GuestReport report =
        new GuestReport(
            how.state(),
            last.map(GuestLoadKey.Told::load),
            before,
            how.sinceNs(),
            ageNs,
            how.message());
    return new GuestView(report, last.map(GuestLoadKey.Told::host).orElse(Map.of()));
  }
}
