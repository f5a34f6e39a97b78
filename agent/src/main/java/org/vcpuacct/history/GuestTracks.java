package org.vcpuacct.history;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
  private final Map<Integer, Report> reportsByPlace = new HashMap<>();
  private final Map<Integer, GuestLoadKey.Told> recent = new LinkedHashMap<>();

  /** Where a report is: in objects, those of a block would take more memory than all the rest. */
  private record Report(GuestLoadKey key, Track track, int index) {

    GuestLoadKey.Told told() {
      return key.told(track.row(index));
    }
  }

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
      reportsByPlace.put(GuestLoadKey.place(track.row(i)), new Report(key, track, i));
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
    int lastPlace = (int) row[0];
    int placeBefore = (int) row[1];
    recent.keySet().retainAll(List.of(lastPlace, placeBefore)); // many steps share the last two
    Optional<GuestLoadKey.Told> last = told(lastPlace);
    Optional<GuestLoad> before = told(placeBefore).map(GuestLoadKey.Told::load);
    OptionalLong ageNs =
        last.isPresent()
            ? OptionalLong.of(Resolution.ns(takenUnits) - last.get().load().atNs())
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

  private Optional<GuestLoadKey.Told> told(int place) {
    return Optional.ofNullable(reportsByPlace.get(place))
        .map(report -> recent.computeIfAbsent(place, key -> report.told()));
  }
}
