package org.vcpuacct.cli.top;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A column of figures for each line of the ledger, or for each class of exits. */
final class FigureColumns {

  private static final int LEAST_WIDTH = 6;

  private FigureColumns() {}

  /** Shares of the lines that any time was on, in the order of the catalogue. */
  static List<Column> lines(Picture picture) {
    return usedLines(picture).stream()
        .map(label -> column(label, Usage::share, Text::percent))
        .toList();
  }

  /** The labels of the lines that any time was on, in the order of the catalogue. */
  static List<String> usedLines(Picture picture) {
    return picture.rollUps().keySet().stream()
        .filter(label -> total(picture, Usage::share, label) > 0)
        .toList();
  }

  /** Exits a second of the classes that occurred, the most frequent first. */
  static List<Column> exitRates(Picture picture) {
    return exits(picture, Usage::exitsPerSecond, Text::rate);
  }

  /** Shares of the time that exits took, the largest first. */
  static List<Column> exitShares(Picture picture) {
    return exits(picture, Usage::exitShare, Text::percent);
  }

  private static List<Column> exits(
      Picture picture,
      BiFunction<Usage, String, OptionalDouble> figure,
      Function<OptionalDouble, String> written) {
    return picture
        .usages()
        .flatMap(usage -> usage.exitClasses().stream())
        .distinct()
        .filter(label -> total(picture, figure, label) > 0)
        .sorted(Comparator.comparingDouble(label -> -total(picture, figure, label)))
        .map(label -> column(label, figure, written))
        .toList();
  }

  private static double total(
      Picture picture, BiFunction<Usage, String, OptionalDouble> figure, String label) {
    return picture.usages().mapToDouble(usage -> figure.apply(usage, label).orElse(0)).sum();
  }

  private static Column column(
      String label,
      BiFunction<Usage, String, OptionalDouble> figure,
      Function<OptionalDouble, String> written) {
    int hyphen = label.lastIndexOf('-');
    int width = Math.max(hyphen, label.length() - hyphen - 1);
    return Column.figures(
        hyphen < 0 ? label : label.substring(0, hyphen) + "\n" + label.substring(hyphen + 1),
        Math.max(LEAST_WIDTH, width),
        row ->
            written.apply(
                row.subject()
                    .usage()
                    .map(usage -> figure.apply(usage, label))
                    .orElse(OptionalDouble.empty())));
  }

  /**
   * Those of the columns that fit beside the first one.
   *
   * @param start the first of them that is shown; beyond the last it means the last
   * @param width of the screen
   */
  static List<Column> fitting(Column first, List<Column> columns, int start, int width) {
    List<Column> fitting = new ArrayList<>(List.of(first));
    int left = width - first.width();
    for (Column column : columns.subList(start(columns, start), columns.size())) {
      left -= Column.GAP + column.width();
      if (left < 0) {
        break;
      }
      fitting.add(column);
    }
    return fitting;
  }

  /** Which of the columns are shown, in words; nothing if all are. */
  static String range(List<Column> columns, int start, int shown) {
    int from = start(columns, start);
    return shown == columns.size()
        ? ""
        : "columns " + (from + 1) + " to " + (from + shown) + " of " + columns.size();
  }

  private static int start(List<Column> columns, int start) {
    return Math.max(0, Math.min(start, columns.size() - 1));
  }
}
