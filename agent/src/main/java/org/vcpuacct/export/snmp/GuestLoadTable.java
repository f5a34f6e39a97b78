package org.vcpuacct.export.snmp;

import static org.vcpuacct.export.snmp.Variables.errorFlag;
import static org.vcpuacct.export.snmp.Variables.errorMessage;
import static org.vcpuacct.export.snmp.Variables.integer;
import static org.vcpuacct.export.snmp.Variables.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.vcpuacct.guest.LoadAverages;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ne.NeGuests;

/**
 * laTable of UCD-SNMP-MIB in the context of a network element: the load averages of its guests,
 * added up. Without laConfig and laLoadFloat: there is no limit to configure, and laLoadInt says
 * the same.
 */
final class GuestLoadTable {

  private static final String LOAD_ENTRY = "1.3.6.1.4.1.2021.10.1";
  private static final int HUNDREDTHS = 100;

  /** One of the three averages. */
  private record Average(int index, String name, double load) {}

  private GuestLoadTable() {}

  static Table<?> table() {
    return Table.of(LOAD_ENTRY, GuestLoadTable::rows)
        .column(LOAD_ENTRY + ".1", average -> integer(average.index()))
        .column(LOAD_ENTRY + ".2", average -> text(average.name()))
        .column(LOAD_ENTRY + ".3", average -> text(twoDigits(average.load())))
        .column(
            LOAD_ENTRY + ".5", average -> integer((int) Math.round(average.load() * HUNDREDTHS)))
        .column(LOAD_ENTRY + ".100", average -> errorFlag(List.of()))
        .column(LOAD_ENTRY + ".101", average -> errorMessage(List.of()))
        .build();
  }

  private static List<Row<Average>> rows(Snapshot snapshot) {
    return snapshot.nes().stream()
        .flatMap(
            ne ->
                Stream.of(
                    row(ne, 1, "Load-1", LoadAverages::one),
                    row(ne, 2, "Load-5", LoadAverages::five),
                    row(ne, 3, "Load-15", LoadAverages::fifteen)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Row<Average>> row(
      NeAccount ne, int index, String name, ToDoubleFunction<LoadAverages> average) {
    OptionalDouble load =
        NeGuests.of(ne).map(guests -> guests.load(average)).orElse(OptionalDouble.empty());
    return load.isPresent()
        ? Optional.of(new Row<>(new Average(index, name, load.getAsDouble()), index))
        : Optional.empty();
  }

  private static String twoDigits(double load) {
    return String.format(Locale.ROOT, "%.2f", load);
  }
}
