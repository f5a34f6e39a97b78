package org.vcpuacct.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.Line;

/**
 * A column of an export.
 *
 * @param name lower case with underscores, with its unit
 * @param text whether it is text, and not a number
 * @param value empty where it is not measured
 */
record ExportColumn(String name, boolean text, Function<ExportRow, Optional<String>> value) {

  /** All columns, in their order: the catalogues decide. */
  static List<ExportColumn> all() {
    List<ExportColumn> columns = new ArrayList<>();
    columns.add(text("time", row -> time(row.step().toEpochMillis())));
    columns.add(text("ne", row -> row.ne().name()));
    columns.add(text("vm", row -> row.vm().vm().name()));
    columns.add(number("vcpu", row -> OptionalLong.of(row.vcpu().vcpu().id())));
    columns.add(number("thread", row -> OptionalLong.of(row.vcpu().vcpu().threadId())));
    columns.add(number("pcpu", row -> OptionalLong.of(row.vcpu().reading().lastPcpu())));
    columns.add(text("tier", row -> row.vcpu().tier().label()));
    columns.add(number("wall_ns", row -> OptionalLong.of(row.change().wallNs())));
    for (Line line : Line.values()) {
      columns.add(number(name(line.label()) + "_ns", row -> row.change().ns(line)));
    }
    columns.add(number("exits_per_second", row -> row.change().exitsPerSecond()));
    for (ExitClass of : ExitClass.values()) {
      String name = name(of.label());
      columns.add(number(name + "_exits_per_second", row -> row.change().exitsPerSecond(of)));
      columns.add(number(name + "_exits_ns", row -> row.change().exitNs(of)));
    }
    columns.add(number("pcpu_migrations_total", ExportColumn::migrations));
    return columns;
  }

  private static ExportColumn text(String name, Function<ExportRow, String> value) {
    return new ExportColumn(name, true, value.andThen(Optional::of));
  }

  private static ExportColumn number(String name, Function<ExportRow, OptionalLong> value) {
    return new ExportColumn(
        name,
        false,
        value.andThen(
            number ->
                number.isPresent()
                    ? Optional.of(Long.toString(number.getAsLong()))
                    : Optional.empty()));
  }

  private static OptionalLong migrations(ExportRow row) {
    Optional<ExactDetail> detail = row.vcpu().reading().detail();
    return detail.isPresent()
        ? OptionalLong.of(detail.get().scheduling().pcpuMigrations())
        : OptionalLong.empty();
  }

  private static String time(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString();
  }

  private static String name(String label) {
    return label.replace('-', '_').toLowerCase(Locale.ROOT);
  }
}
