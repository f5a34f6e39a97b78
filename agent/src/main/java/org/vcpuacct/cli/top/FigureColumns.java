package org.vcpuacct.cli.top;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A column of figures for each line of the ledger, or for each class of exits. */
final class FigureColumns {

  private static final int LEAST_WIDTH = 6;

  private FigureColumns() {}

  /** Shares of the lines that any time was on, in the order of the catalogue. */
  static List<Column> lines(Picture picture) {
    return picture.usedLines().stream()
        .map(label -> column(label, Usage::share, Text::percent))
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
    Map<String, Double> totals = totals(picture, figure);
    return totals.keySet().stream()
        .filter(label -> totals.get(label) > 0)
        .sorted(Comparator.comparingDouble(label -> -totals.get(label)))
        .map(label -> column(label, figure, written))
        .toList();
  }

  private static Map<String, Double> totals(
      Picture picture, BiFunction<Usage, String, OptionalDouble> figure) {
    Map<String, Double> totals = new LinkedHashMap<>();
    for (Usage usage : picture.usages()) {
      for (String label : usage.exitClasses()) {
        totals.merge(label, figure.apply(usage, label).orElse(0), Double::sum);
      }
    }
    return totals;
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
