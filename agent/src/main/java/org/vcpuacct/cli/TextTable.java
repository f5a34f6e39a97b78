package org.vcpuacct.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Columns in which rows are printed: words to the left, figures to the right.
 *
 * @param <R> what a row shows
 */
public final class TextTable<R> {

  private static final String GAP = "  ";

  private record Column<R>(String heading, boolean figure, Function<R, String> cell) {

    /** The heading, and below it the cells. */
    List<String> lines(List<R> rows) {
      List<String> lines = new ArrayList<>(List.of(heading));
      rows.forEach(row -> lines.add(cell.apply(row)));
      int width = lines.stream().mapToInt(String::length).max().getAsInt();
      return lines.stream().map(line -> padded(line, width)).toList();
    }

    private String padded(String line, int width) {
      String padding = " ".repeat(width - line.length());
      return figure ? padding + line : line + padding;
    }
  }

  private final List<Column<R>> columns = new ArrayList<>();

  /** Adds a column of words. */
  public TextTable<R> words(String heading, Function<R, String> cell) {
    columns.add(new Column<>(heading, false, cell));
    return this;
  }

  /** Adds a column of figures. */
  public TextTable<R> figures(String heading, Function<R, String> cell) {
    columns.add(new Column<>(heading, true, cell));
    return this;
  }

  /** The text of these rows below a line of headings. */
  public String print(List<R> rows) {
    List<List<String>> printed = columns.stream().map(column -> column.lines(rows)).toList();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= rows.size(); i++) {
      int line = i;
      List<String> cells = printed.stream().map(column -> column.get(line)).toList();
      text.append(String.join(GAP, cells).stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
