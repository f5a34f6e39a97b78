package org.vcpuacct.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vcpuacct.history.track.MalformedTrackException;
import org.vcpuacct.history.track.OctetReader;
import org.vcpuacct.history.track.Track;
import org.vcpuacct.ledger.Catalogue;
import org.vcpuacct.ledger.ThreadKindAccount;
import org.vcpuacct.ledger.ThreadTimes;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.VmThreads;
import org.vcpuacct.vm.ThreadKind;

/** What a block holds of the VMs that had one index, one after the other. */
final class VmSection {

  private final Map<Track, VmDescription> descriptions = new HashMap<>();
  private final Map<Track, VcpuKey> vcpus = new HashMap<>();
  private final Map<Account, DetailTrack> details = new HashMap<>();
  private final Map<ThreadKind, Track> threads = new EnumMap<>(ThreadKind.class);

  private final GuestTracks guests = new GuestTracks();

  private record Account(int id, long sinceNs) {}

  VmSection(List<Track> tracks) throws IOException {
    for (Track track : tracks) {
      OctetReader key = KeyKind.rest(track);
      switch (KeyKind.of(track)) {
        case VM -> descriptions.put(track, VmDescription.read(key));
        case VCPU -> vcpus.put(track, VcpuKey.read(key));
        case VCPU_DETAIL ->
            details.put(
                new Account(key.count(Integer.MAX_VALUE), key.signed()), new DetailTrack(track));
        case THREADS -> threads.put(threadKind(key.octet()), track);
        case GUEST -> guests.addAsked(track);
        case GUEST_LOAD -> guests.addLoads(track);
        default -> throw new MalformedTrackException("a VM has a track that is of no VM");
      }
    }
  }

  /**
   * The VM at a step, without any change; empty if there was none.
   *
   * @param takenUnits CLOCK_MONOTONIC of the step
   */
  Optional<VmAccount> at(int step, long takenUnits) {
    return descriptions.entrySet().stream()
        .filter(entry -> entry.getKey().has(step))
        .findFirst()
        .map(entry -> account(entry.getValue(), step, takenUnits));
  }

  private VmAccount account(VmDescription description, int step, long takenUnits) {
    List<VcpuAccount> accounts = new ArrayList<>();
    vcpus.forEach(
        (track, key) -> {
          if (track.has(step)) {
            accounts.add(account(track, key, step, takenUnits));
          }
        });
    return new VmAccount(
        description.index(),
        description.with(accounts.stream().map(VcpuAccount::vcpu).toList()),
        description.sinceNs(),
        Map.of(),
        accounts,
        threadsAt(step),
        guests.at(step, takenUnits));
  }

  private VcpuAccount account(Track track, VcpuKey key, int step, long takenUnits) {
    Optional<DetailRow> detail =
        Optional.ofNullable(details.get(new Account(key.vcpu().id(), key.sinceNs())))
            .flatMap(of -> of.at(step));
    long[] row = last(track, step).orElseThrow();
    return new VcpuAccount(
        key.vcpu(), key.sinceNs(), VcpuRow.reading(key, row, detail, takenUnits), Map.of());
  }

  private VmThreads threadsAt(int step) {
    List<ThreadKindAccount> kinds = new ArrayList<>();
    threads.forEach(
        (kind, track) -> {
          if (track.has(step)) {
            long[] row = last(track, step).orElseThrow();
            kinds.add(new ThreadKindAccount(kind, times(row), Map.of()));
          }
        });
    return new VmThreads(List.of(), kinds);
  }

  private static ThreadTimes times(long[] row) {
    return new ThreadTimes(Resolution.ns(row[0]), Resolution.ns(row[1]), Resolution.ns(row[2]));
  }

  private static Optional<long[]> last(Track track, int step) {
    int index = track.lastUpTo(step);
    return index < 0 ? Optional.empty() : Optional.of(track.row(index));
  }

  private static ThreadKind threadKind(int number) throws IOException {
    return Catalogue.find(ThreadKind.values(), ThreadKind::number, number)
        .orElseThrow(
            () -> new MalformedTrackException("no kind of thread has the number " + number));
  }
}
