package org.vcpuacct.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  private final Map<Integer, Set<Long>> writtenUnitsByVm = new HashMap<>();

  /** The rows of a VM at the next step. */
  List<Row> of(int vm, GuestView view) {
    GuestReport report = view.report();
    Set<Long> written = writtenUnitsByVm.computeIfAbsent(vm, index -> new HashSet<>());
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(key(report), new long[] {units(report.last()), units(report.before())}));
    report.before().ifPresent(load -> addNew(rows, load, Map.of(), written));
    report.last().ifPresent(load -> addNew(rows, load, view.host(), written));
    return rows;
  }

  private static void addNew(
      List<Row> rows, GuestLoad load, Map<Integer, RollUpTimes> host, Set<Long> written) {
    if (written.add(Resolution.units(load.atNs()))) {
      GuestLoadKey key = GuestLoadKey.of(load, host.keySet());
      rows.add(new Row(key.octets(), key.row(load, host)));
    }
  }

  private static byte[] key(GuestReport report) {
    OctetWriter key = KeyKind.GUEST.key().octet(report.state().snmpNumber());
    key.octet(report.sinceNs().isPresent() ? 1 : 0).signed(report.sinceNs().orElse(0));
    return key.text(report.message()).toArray();
  }

  /** When it was; 0 if it was not. */
  private static long units(Optional<GuestLoad> load) {
    return load.map(told -> Resolution.units(told.atNs())).orElse(0L);
  }
}
