package org.vcpuacct.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells, printed in columns: words to the left, figures to the right. */
final class TextTable {

  private static final String GAP = "  ";

  private record Column(String heading, boolean figure) {}

  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a column of words. */
  TextTable words(String heading) {
    columns.add(new Column(heading, false));
    return this;
  }

  /** Adds a column of figures. */
  TextTable figures(String heading) {
    columns.add(new Column(heading, true));
    return this;
  }

  /** Adds a row with a cell for each column. */
  void row(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(cells.size() + " cells, " + columns.size() + " columns");
    }
    rows.add(List.copyOf(cells));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    appendRow(text, columns.stream().map(Column::heading).toList());
    rows.forEach(row -> appendRow(text, row));
    return text.toString();
  }

  private void appendRow(StringBuilder text, List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(width(i) - cells.get(i).length());
      boolean figure = columns.get(i).figure();
      line.append(figure ? padding + cells.get(i) : cells.get(i) + padding).append(GAP);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private int width(int column) {
    int width = columns.get(column).heading().length();
    for (List<String> row : rows) {
      width = Math.max(width, row.get(column).length());
    }
    return width;
  }
}
