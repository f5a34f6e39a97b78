package org.vcpuacct.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vcpuacct.guest.GuestLoad;
import org.vcpuacct.guest.GuestReport;
import org.vcpuacct.history.track.OctetWriter;
import org.vcpuacct.history.track.Row;
import org.vcpuacct.ledger.GuestView;
import org.vcpuacct.ledger.RollUpTimes;

/**
 * The rows of what guests say, in one block: at each step how the asking goes and which reports are
 * the last two; a report when it is the first time that it is one of these.
 */
final class GuestRows {

  /** The reports of a VM that are in the block, by when they were, and their places from 1 on. */
  private final Map<Integer, Map<Long, Integer>> placesByVm = new HashMap<>();

  /** The rows of a VM at the next step. */
  List<Row> of(int vm, GuestView view) {
    GuestReport report = view.report();
    Map<Long, Integer> places = placesByVm.computeIfAbsent(vm, index -> new HashMap<>());
    List<Row> rows = new ArrayList<>();
    report.before().ifPresent(load -> addNew(rows, load, Map.of(), places));
    report.last().ifPresent(load -> addNew(rows, load, view.host(), places));
    long last = place(report.last(), places);
    rows.add(new Row(key(report), new long[] {last, place(report.before(), places)}));
    return rows;
  }

  private static void addNew(
      List<Row> rows, GuestLoad load, Map<Integer, RollUpTimes> host, Map<Long, Integer> places) {
    int next = places.size() + 1;
    if (places.putIfAbsent(Resolution.units(load.atNs()), next) == null) {
      GuestLoadKey key = GuestLoadKey.of(load, host.keySet());
      rows.add(new Row(key.octets(), key.row(next, load, host)));
    }
  }

  private static byte[] key(GuestReport report) {
    OctetWriter key = KeyKind.GUEST.key().octet(report.state().snmpNumber());
    key.octet(report.sinceNs().isPresent() ? 1 : 0).signed(report.sinceNs().orElse(0));
    return key.text(report.message()).toArray();
  }

  /** Where it is; 0 if it was not. */
  private static int place(Optional<GuestLoad> load, Map<Long, Integer> places) {
    return load.map(told -> places.get(Resolution.units(told.atNs()))).orElse(0);
  }
}
