package org.vcpuacct.cli.top;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Network elements and vCPUs as a table. */
final class Table implements Body {

  private static final String GAP = " ".repeat(Column.GAP);

  private final List<Column> columns;
  private final String part;
  private final List<Rows.Row> rows;
  private final int width;
  private final Palette palette;

  /**
   * A table.
   *
   * @param columns the first of which names the row
   * @param part which of its columns these are, in words; empty if all
   * @param width of the screen
   */
  Table(List<Column> columns, String part, List<Rows.Row> rows, int width, Palette palette) {
    this.columns = columns;
    this.part = part;
    this.rows = rows;
    this.width = width;
    this.palette = palette;
  }

  @Override
  public List<AttributedString> headings() {
    List<AttributedString> headings = new ArrayList<>();
    for (int line = 0; line < Column.HEADING_LINES; line++) {
      int which = line;
      List<String> cells = columns.stream().map(column -> column.heading(which)).toList();
      if (!cells.stream().allMatch(String::isBlank)) {
        String text = Text.left(String.join(GAP, cells), width);
        headings.add(new AttributedString(text, palette.heading()));
      }
    }
    return headings;
  }

  @Override
  public String part() {
    return part;
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public AttributedString line(int index, boolean selected) {
    Rows.Row row = rows.get(index);
    AttributedStringBuilder line = new AttributedStringBuilder(width);
    for (Column column : columns) {
      if (line.length() == 0) {
        line.append(column.cell().apply(row), nameStyle(row, selected));
      } else {
        line.append(GAP).append(column.cell().apply(row));
      }
    }
    return line.toAttributedString();
  }

  private AttributedStyle nameStyle(Rows.Row row, boolean selected) {
    if (selected) {
      return palette.heading();
    }
    return row.subject() instanceof Picture.Ne ? palette.ne() : AttributedStyle.DEFAULT;
  }

  @Override
  public Optional<String> ne(int index) {
    return Optional.of(rows.get(index).ne().name());
  }
}
