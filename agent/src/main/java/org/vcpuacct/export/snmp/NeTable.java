package org.vcpuacct.export.snmp;

import static java.util.stream.Collectors.joining;
import static org.vcpuacct.export.snmp.Variables.counter64;
import static org.vcpuacct.export.snmp.Variables.errorFlag;
import static org.vcpuacct.export.snmp.Variables.errorMessage;
import static org.vcpuacct.export.snmp.Variables.gauge;
import static org.vcpuacct.export.snmp.Variables.integer;
import static org.vcpuacct.export.snmp.Variables.text;
import static org.vcpuacct.ledger.Window.FIVE_MINUTES;
import static org.vcpuacct.ledger.Window.LAST_INTERVAL;
import static org.vcpuacct.ledger.Window.ONE_MINUTE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_CAUSE_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_CAUSE_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_CAUSE_LAST;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_CONTENTION_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_CONTENTION_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_CONTENTION_LAST;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_CONTENTION_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_CONTRIBUTORS_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_CONTRIBUTORS_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_CONTRIBUTORS_LAST;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_DISCONTINUITY_TIME;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_ENTRY;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_ERROR_FLAG;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_ERROR_MESSAGE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_GUEST_AGE_MILLISECONDS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_GUEST_BUSY;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_GUEST_HOST_CONTENTION;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_GUEST_HOST_USEFUL;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_GUEST_IDLE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_GUEST_LOAD_15_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_GUEST_LOAD_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_GUEST_LOAD_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_GUEST_STATE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_GUEST_STEAL;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_HIDDEN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_IDLE_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_IDLE_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_IDLE_LAST;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_IDLE_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_LOAD_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_LOAD_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_LOAD_LAST;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_NAME;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_OVERHEAD_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_OVERHEAD_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_OVERHEAD_LAST;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_OVERHEAD_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_OVERLOAD_ALGORITHM;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_OVERLOAD_CAUSE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_OVERLOAD_LEVEL;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_OVERLOAD_LOAD;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_OVERLOAD_REDUCTION;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_OVERLOAD_SEQUENCE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_OVERLOAD_VALIDITY;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_THREAD_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_THREAD_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_THREAD_CPU_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_THREAD_LAST;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_TIER;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_UNKNOWN_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_UNKNOWN_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_UNKNOWN_LAST;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_UNKNOWN_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_UNTOLD_CONTENTION;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_USEFUL_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_USEFUL_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_USEFUL_LAST;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_USEFUL_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_VCPUS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_VMS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_NE_WALL_NS;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.snmp4j.smi.Variable;
import org.vcpuacct.guest.LoadAverages;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.ne.Contributor;
import org.vcpuacct.ne.GuestComparison;
import org.vcpuacct.ne.NeChange;
import org.vcpuacct.ne.NeFaults;
import org.vcpuacct.ne.NeGuests;
import org.vcpuacct.ne.NeTimes;

/** vaNeTable. */
final class NeTable {

  private static final int CONTRIBUTORS = 3;
  private static final long NS_PER_MS = 1_000_000;
  private static final int HUNDREDTHS = 100;

  /** Of vaNeOverloadAlgorithm. */
  private static final int LOSS = 1;

  /**
   * A network element and what is computed of it, once for all columns.
   *
   * @param times empty if it has no vCPU that is measured
   * @param changes a window not yet observed is missing
   * @param guests empty unless each of its guests is asked
   * @param comparison empty unless each of its guests can be compared
   */
  private record NeRow(
      NeAccount ne,
      Optional<NeTimes> times,
      Map<Window, NeChange> changes,
      Optional<NeGuests> guests,
      Optional<GuestComparison> comparison,
      List<String> faults) {

    static NeRow of(NeAccount ne) {
      Map<Window, NeChange> changes = new EnumMap<>(Window.class);
      for (Window window : Window.values()) {
        NeChange.of(ne, window).ifPresent(change -> changes.put(window, change));
      }
      return new NeRow(
          ne, NeTimes.of(ne), changes, NeGuests.of(ne), GuestComparison.of(ne), NeFaults.of(ne));
    }
  }

  private NeTable() {}

  static Table<?> table(Uptime uptime) {
    Table.Builder<NeRow> table =
        Table.of(VA_NE_ENTRY, NeTable::rows)
            .column(VA_NE_NAME, row -> text(row.ne().name()))
            .column(VA_NE_VMS, row -> gauge(row.ne().vms().size()))
            .column(VA_NE_VCPUS, row -> gauge(vcpus(row.ne())))
            .optionalColumn(VA_NE_TIER, times(times -> integer(times.tier().number())))
            .optionalColumn(
                VA_NE_DISCONTINUITY_TIME, times(times -> uptime.timeStamp(times.sinceNs())))
            .optionalColumn(VA_NE_WALL_NS, counter(NeTimes::wallNs))
            .optionalColumn(VA_NE_USEFUL_NS, counter(times -> times.ns(RollUp.USEFUL)))
            .optionalColumn(VA_NE_OVERHEAD_NS, counter(times -> times.ns(RollUp.OVERHEAD)))
            .optionalColumn(VA_NE_IDLE_NS, counter(times -> times.ns(RollUp.IDLE)))
            .optionalColumn(VA_NE_CONTENTION_NS, counter(times -> times.ns(RollUp.CONTENTION)))
            .optionalColumn(VA_NE_UNKNOWN_NS, counter(times -> times.ns(RollUp.UNKNOWN)))
            .optionalColumn(VA_NE_THREAD_CPU_NS, counter(NeTimes::threadCpuNs))
            .column(VA_NE_ERROR_FLAG, row -> errorFlag(row.faults()))
            .column(VA_NE_ERROR_MESSAGE, row -> errorMessage(row.faults()));
    addGuests(table);
    addOverload(table);
    addLastInterval(table);
    addLastMinute(table);
    addLastFiveMinutes(table);
    return table.build();
  }

  private static void addGuests(Table.Builder<NeRow> table) {
    table
        .optionalColumn(
            VA_NE_GUEST_STATE, guests(all -> Optional.of(integer(all.state().snmpNumber()))))
        .optionalColumn(
            VA_NE_GUEST_AGE_MILLISECONDS, guests(all -> gauge(milliseconds(all.ageNs()))))
        .optionalColumn(VA_NE_GUEST_BUSY, share(GuestComparison::guestBusyShare))
        .optionalColumn(VA_NE_GUEST_IDLE, share(GuestComparison::guestIdleShare))
        .optionalColumn(VA_NE_GUEST_STEAL, share(GuestComparison::guestStealShare))
        .optionalColumn(VA_NE_GUEST_HOST_USEFUL, hostShare(RollUp.USEFUL))
        .optionalColumn(VA_NE_GUEST_HOST_CONTENTION, hostShare(RollUp.CONTENTION))
        .optionalColumn(VA_NE_HIDDEN, difference(GuestComparison::hiddenShare))
        .optionalColumn(VA_NE_UNTOLD_CONTENTION, difference(GuestComparison::untoldContentionShare))
        .optionalColumn(VA_NE_GUEST_LOAD_1_MIN, load(LoadAverages::one))
        .optionalColumn(VA_NE_GUEST_LOAD_5_MIN, load(LoadAverages::five))
        .optionalColumn(VA_NE_GUEST_LOAD_15_MIN, load(LoadAverages::fifteen));
  }

  private static void addOverload(Table.Builder<NeRow> table) {
    table
        .optionalColumn(VA_NE_OVERLOAD_SEQUENCE, overload(asked -> counter64(asked.sequence())))
        .optionalColumn(VA_NE_OVERLOAD_VALIDITY, overload(asked -> gauge(asked.validityMs())))
        .optionalColumn(VA_NE_OVERLOAD_LOAD, overload(asked -> gauge(asked.load())))
        .optionalColumn(VA_NE_OVERLOAD_REDUCTION, overload(asked -> gauge(asked.reduction())))
        .optionalColumn(VA_NE_OVERLOAD_LEVEL, overload(asked -> integer(asked.level().number())))
        .optionalColumn(VA_NE_OVERLOAD_CAUSE, overload(asked -> integer(asked.cause().number())))
        .optionalColumn(VA_NE_OVERLOAD_ALGORITHM, overload(asked -> integer(LOSS)));
  }

  private static void addLastInterval(Table.Builder<NeRow> table) {
    table
        .optionalColumn(VA_NE_LOAD_LAST, load(LAST_INTERVAL))
        .optionalColumn(VA_NE_USEFUL_LAST, share(LAST_INTERVAL, RollUp.USEFUL))
        .optionalColumn(VA_NE_OVERHEAD_LAST, share(LAST_INTERVAL, RollUp.OVERHEAD))
        .optionalColumn(VA_NE_IDLE_LAST, share(LAST_INTERVAL, RollUp.IDLE))
        .optionalColumn(VA_NE_CONTENTION_LAST, share(LAST_INTERVAL, RollUp.CONTENTION))
        .optionalColumn(VA_NE_UNKNOWN_LAST, share(LAST_INTERVAL, RollUp.UNKNOWN))
        .optionalColumn(VA_NE_THREAD_LAST, threads(LAST_INTERVAL))
        .optionalColumn(VA_NE_CAUSE_LAST, cause(LAST_INTERVAL))
        .optionalColumn(VA_NE_CONTRIBUTORS_LAST, contributors(LAST_INTERVAL));
  }

  private static void addLastMinute(Table.Builder<NeRow> table) {
    table
        .optionalColumn(VA_NE_LOAD_1_MIN, load(ONE_MINUTE))
        .optionalColumn(VA_NE_USEFUL_1_MIN, share(ONE_MINUTE, RollUp.USEFUL))
        .optionalColumn(VA_NE_OVERHEAD_1_MIN, share(ONE_MINUTE, RollUp.OVERHEAD))
        .optionalColumn(VA_NE_IDLE_1_MIN, share(ONE_MINUTE, RollUp.IDLE))
        .optionalColumn(VA_NE_CONTENTION_1_MIN, share(ONE_MINUTE, RollUp.CONTENTION))
        .optionalColumn(VA_NE_UNKNOWN_1_MIN, share(ONE_MINUTE, RollUp.UNKNOWN))
        .optionalColumn(VA_NE_THREAD_1_MIN, threads(ONE_MINUTE))
        .optionalColumn(VA_NE_CAUSE_1_MIN, cause(ONE_MINUTE))
        .optionalColumn(VA_NE_CONTRIBUTORS_1_MIN, contributors(ONE_MINUTE));
  }

  private static void addLastFiveMinutes(Table.Builder<NeRow> table) {
    table
        .optionalColumn(VA_NE_LOAD_5_MIN, load(FIVE_MINUTES))
        .optionalColumn(VA_NE_USEFUL_5_MIN, share(FIVE_MINUTES, RollUp.USEFUL))
        .optionalColumn(VA_NE_OVERHEAD_5_MIN, share(FIVE_MINUTES, RollUp.OVERHEAD))
        .optionalColumn(VA_NE_IDLE_5_MIN, share(FIVE_MINUTES, RollUp.IDLE))
        .optionalColumn(VA_NE_CONTENTION_5_MIN, share(FIVE_MINUTES, RollUp.CONTENTION))
        .optionalColumn(VA_NE_UNKNOWN_5_MIN, share(FIVE_MINUTES, RollUp.UNKNOWN))
        .optionalColumn(VA_NE_THREAD_5_MIN, threads(FIVE_MINUTES))
        .optionalColumn(VA_NE_CAUSE_5_MIN, cause(FIVE_MINUTES))
        .optionalColumn(VA_NE_CONTRIBUTORS_5_MIN, contributors(FIVE_MINUTES));
  }

  private static List<Row<NeRow>> rows(Snapshot snapshot) {
    return snapshot.nes().stream().map(ne -> new Row<>(NeRow.of(ne), ne.index())).toList();
  }

  static int vcpus(NeAccount ne) {
    return ne.vms().stream()
        .mapToInt(vm -> vm.vm().vcpus().size() + vm.vm().vcpusWithoutThread().size())
        .sum();
  }

  private static Function<NeRow, Optional<Variable>> counter(ToLongFunction<NeTimes> ns) {
    return times(times -> counter64(ns.applyAsLong(times)));
  }

  private static Function<NeRow, Optional<Variable>> times(Function<NeTimes, Variable> figure) {
    return row -> row.times().map(figure);
  }

  private static Function<NeRow, Optional<Variable>> load(Window window) {
    return over(window, change -> Optional.of(gauge(change.load())));
  }

  private static Function<NeRow, Optional<Variable>> threads(Window window) {
    return over(window, change -> gauge(change.threadShare()));
  }

  private static Function<NeRow, Optional<Variable>> cause(Window window) {
    return over(window, change -> Optional.of(integer(change.cause().number())));
  }

  private static Function<NeRow, Optional<Variable>> contributors(Window window) {
    return over(
        window,
        change ->
            Optional.of(
                text(
                    change.contributors(CONTRIBUTORS).stream()
                        .map(Contributor::toString)
                        .collect(joining(", ")))));
  }

  private static Function<NeRow, Optional<Variable>> share(Window window, RollUp rollUp) {
    return over(window, change -> Optional.of(gauge(change.share(rollUp))));
  }

  private static Function<NeRow, Optional<Variable>> guests(
      Function<NeGuests, Optional<Variable>> figure) {
    return row -> row.guests().flatMap(figure);
  }

  private static OptionalLong milliseconds(OptionalLong ns) {
    return ns.isPresent() ? OptionalLong.of(ns.getAsLong() / NS_PER_MS) : ns;
  }

  private static Function<NeRow, Optional<Variable>> load(ToDoubleFunction<LoadAverages> average) {
    return guests(
        all ->
            all.load(average).stream()
                .mapToObj(load -> gauge(Math.round(load * HUNDREDTHS)))
                .findFirst());
  }

  private static Function<NeRow, Optional<Variable>> share(ToIntFunction<GuestComparison> share) {
    return row -> row.comparison().map(both -> gauge(share.applyAsInt(both)));
  }

  private static Function<NeRow, Optional<Variable>> hostShare(RollUp rollUp) {
    return share(both -> both.hostShare(rollUp));
  }

  private static Function<NeRow, Optional<Variable>> difference(
      ToIntFunction<GuestComparison> share) {
    return row -> row.comparison().map(both -> integer(share.applyAsInt(both)));
  }

  private static Function<NeRow, Optional<Variable>> overload(Function<Overload, Variable> figure) {
    return row -> row.ne().overload().map(figure);
  }

  private static Function<NeRow, Optional<Variable>> over(
      Window window, Function<NeChange, Optional<Variable>> figure) {
    return row -> Optional.ofNullable(row.changes().get(window)).flatMap(figure);
  }
}
