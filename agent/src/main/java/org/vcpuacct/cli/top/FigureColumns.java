package org.vcpuacct.cli.top;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A column of figures for each line of the ledger, or for each class of exits. */
final class FigureColumns {

  private static final int LEAST_WIDTH = 6;

  private FigureColumns() {}

  /** A figure of an exit class, by its place in the catalogue. */
  private interface ExitFigure {

    /** {@link Usage#ABSENT} if it is not known. */
    double of(Usage usage, int exitClass);
  }

  /** Shares of the lines that any time was on, in the order of the catalogue. */
  static List<Column> lines(Picture picture) {
    return picture.usedLines().stream()
        .map(label -> column(label, usage -> usage.share(label), Text::percent))
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
      Picture picture, ExitFigure figure, Function<OptionalDouble, String> written) {
    List<String> labels = picture.catalogue().exitClasses().all();
    double[] totals = totals(picture.usages(), labels.size(), figure);
    return IntStream.range(0, totals.length)
        .filter(place -> totals[place] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble(place -> -totals[place]))
        .map(
            place ->
                column(
                    labels.get(place), usage -> Usage.optional(figure.of(usage, place)), written))
        .toList();
  }

  /** Of each class the sum of what is known. */
  private static double[] totals(List<Usage> usages, int exitClasses, ExitFigure figure) {
    double[] totals = new double[exitClasses];
    for (Usage usage : usages) {
      for (int place = 0; place < exitClasses; place++) {
        double known = figure.of(usage, place);
        totals[place] += Double.isNaN(known) ? 0 : known;
      }
    }
    return totals;
  }

  private static Column column(
      String label,
      Function<Usage, OptionalDouble> figure,
      Function<OptionalDouble, String> written) {
    int hyphen = label.lastIndexOf('-');
    int width = Math.max(hyphen, label.length() - hyphen - 1);
    return Column.figures(
        hyphen < 0 ? label : label.substring(0, hyphen) + "\n" + label.substring(hyphen + 1),
        Math.max(LEAST_WIDTH, width),
        row -> written.apply(row.subject().usage().map(figure).orElse(OptionalDouble.empty())));
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
