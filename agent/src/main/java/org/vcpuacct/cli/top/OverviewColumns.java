package org.vcpuacct.cli.top;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jline.utils.AttributedString;

/** The columns of the overview: guest beside host, what is asked for, and the lines as a bar. */
final class OverviewColumns {

  private static final int VERY_WIDE_SCREEN = 150;
  private static final int PERCENT = 6;
  private static final int CAUSE = 10;
  private static final int RATE = 7;
  private static final int PCPU = 4;
  private static final int LARGEST = 26;
  private static final int LEAST_BAR = 8;

  private OverviewColumns() {}

  /**
   * The columns, the last of which is as wide as the screen still is.
   *
   * @param width of the screen
   */
  static List<Column> of(int width, Symbols symbols, Palette palette) {
    List<Column> columns = new ArrayList<>();
    columns.add(NameColumn.of(width));
    columns.add(Column.figures("load%", PERCENT - 1, row -> Text.percent(load(row.subject()))));
    columns.add(guest("guest%", Document.Guest::busy));
    if (width >= NameColumn.WIDE_SCREEN) {
      columns.add(guest("steal%", Document.Guest::steal));
    }
    columns.add(guest("hidden", Document.Guest::hidden));
    columns.add(Column.words("cause", CAUSE, ofNe(ne -> ne.cause().orElse(Text.ABSENT))));
    columns.add(Column.figures("cut%", PCPU, ofNe(ne -> Text.whole(ne.reductionPercent()))));
    columns.add(Column.figures("exits/s", RATE, row -> Text.rate(exits(row.subject()))));
    if (width >= NameColumn.WIDE_SCREEN) {
      columns.add(Column.figures("pCPU", PCPU, OverviewColumns::lastPcpu));
    }
    if (width >= VERY_WIDE_SCREEN) {
      columns.add(Column.words("what takes most", LARGEST, OverviewColumns::largest));
    }
    int taken = columns.stream().mapToInt(column -> column.width() + Column.GAP).sum();
    columns.add(bar(Math.max(LEAST_BAR, width - taken), symbols, palette));
    return columns;
  }

  private static Column bar(int width, Symbols symbols, Palette palette) {
    AttributedString absent = new AttributedString(Text.left(Text.ABSENT, width));
    return new Column(
        "where time went",
        width,
        false,
        row ->
            row.subject()
                .usage()
                .map(usage -> Bar.of(usage, width, symbols, palette))
                .orElse(absent));
  }

  private static Column guest(String heading, Function<Document.Guest, OptionalDouble> share) {
    return Column.figures(
        heading,
        PERCENT,
        row -> Text.percent(row.subject().guest().map(share).orElse(OptionalDouble.empty())));
  }

  /** A cell that only a network element has. */
  private static Function<Rows.Row, String> ofNe(Function<Picture.Ne, String> cell) {
    return row -> row.subject() instanceof Picture.Ne ne ? cell.apply(ne) : "";
  }

  private static OptionalDouble load(Picture.Subject subject) {
    return subject.usage().stream().mapToDouble(Usage::load).findFirst();
  }

  private static OptionalDouble exits(Picture.Subject subject) {
    return subject.usage().map(Usage::exitsPerSecond).orElse(OptionalDouble.empty());
  }

  private static String lastPcpu(Rows.Row row) {
    return row.subject() instanceof Picture.Vcpu vcpu ? Text.whole(vcpu.lastPcpu()) : "";
  }

  /** Of a network element the largest contributor, of a vCPU the most frequent exits. */
  private static String largest(Rows.Row row) {
    if (row.subject() instanceof Picture.Ne ne) {
      return ne.contributors().stream()
          .findFirst()
          .map(most -> most.name() + " " + Text.percent(most.share()) + "%")
          .orElse(Text.ABSENT);
    }
    return row.subject().usage().flatMap(OverviewColumns::mostFrequent).orElse(Text.ABSENT);
  }

  private static Optional<String> mostFrequent(Usage usage) {
    return usage.exitClasses().stream()
        .filter(label -> usage.exitsPerSecond(label).orElse(0) > 0)
        .max(Comparator.comparingDouble(label -> usage.exitsPerSecond(label).orElse(0)))
        .map(label -> label + " " + Text.rate(usage.exitsPerSecond(label)) + "/s");
  }
}
