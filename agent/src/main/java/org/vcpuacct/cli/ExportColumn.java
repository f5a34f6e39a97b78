package org.vcpuacct.cli;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.vcpuacct.guest.GuestReport;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.GuestView;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.OverloadLevel;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ne.GuestComparison;

/**
 * A column of an export.
 *
 * @param name lower case with underscores, with its unit
 * @param text whether it is text, and not a number
 * @param value empty where it is not measured
 */
record ExportColumn(String name, boolean text, Function<ExportRow, Optional<String>> value) {

  private static final int HUNDREDTHS = 100;
  private static final int RATIO_DECIMALS = 4;

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
    addGuest(columns);
    addOverload(columns);
    return columns;
  }

  /** What guests say, in the words of the metrics of a network element. */
  private static void addGuest(List<ExportColumn> columns) {
    columns.add(optional("guest_state", row -> report(row).map(of -> of.state().label())));
    columns.add(
        number(
            "guest_report_age_ns",
            row -> report(row).map(GuestReport::ageNs).orElse(OptionalLong.empty())));
    addComparison(columns, "vm", ExportRow::ofVm);
    addComparison(columns, "ne", ExportRow::ofNe);
  }

  private static void addComparison(
      List<ExportColumn> columns, String of, Function<ExportRow, Optional<GuestComparison>> both) {
    columns.add(ratio(of + "_guest_busy_ratio", both, GuestComparison::guestBusyShare));
    columns.add(ratio(of + "_guest_steal_ratio", both, GuestComparison::guestStealShare));
    columns.add(ratio(of + "_useful_ratio", both, beside -> beside.hostShare(RollUp.USEFUL)));
    columns.add(ratio(of + "_hidden_ratio", both, GuestComparison::hiddenShare));
  }

  private static void addOverload(List<ExportColumn> columns) {
    Function<ExportRow, Optional<Overload>> asked = row -> row.ne().overload();
    columns.add(
        optional(
            "ne_overload_level",
            asked.andThen(of -> of.map(Overload::level).map(OverloadLevel::label))));
    columns.add(
        optional(
            "ne_overload_cause", asked.andThen(of -> of.map(Overload::cause).map(Cause::label))));
    columns.add(ratio("ne_overload_load_ratio", asked, of -> of.load() * HUNDREDTHS));
    columns.add(ratio("ne_overload_reduction_ratio", asked, of -> of.reduction() * HUNDREDTHS));
  }

  private static Optional<GuestReport> report(ExportRow row) {
    return row.vm().guest().map(GuestView::report);
  }

  private static ExportColumn text(String name, Function<ExportRow, String> value) {
    return optional(name, value.andThen(Optional::of));
  }

  private static ExportColumn optional(String name, Function<ExportRow, Optional<String>> value) {
    return new ExportColumn(name, true, value);
  }

  /** A share in hundredths of a percent as a ratio, as the other texts of the daemon have it. */
  private static <T> ExportColumn ratio(
      String name, Function<ExportRow, Optional<T>> of, ToIntFunction<T> share) {
    return new ExportColumn(
        name, false, row -> of.apply(row).map(told -> ratio(share.applyAsInt(told))));
  }

  private static String ratio(int hundredthsOfPercent) {
    return BigDecimal.valueOf(hundredthsOfPercent, RATIO_DECIMALS)
        .stripTrailingZeros()
        .toPlainString();
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
