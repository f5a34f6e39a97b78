package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A table as a program prints it, read by the names of its columns.
 *
 * @param columns their names, in their order
 * @param rows the cells of each row by column
 */
record TextTable(List<String> columns, List<Map<String, String>> rows) {

  /** Of columns with a comma between, as {@code export} prints them; no cell may have one in it. */
  static TextTable ofCsv(String text) {
    return of(text.lines().toList(), Pattern.compile(","));
  }

  /** Of columns with blanks between, as {@code top --once} prints them; each cell is one word. */
  static TextTable ofWords(List<String> lines) {
    return of(lines, Pattern.compile(" +"));
  }

  private static TextTable of(List<String> lines, Pattern gap) {
    assertThat(lines).as("lines of a table").hasSizeGreaterThan(1);
    List<String> columns = List.of(gap.split(lines.get(0), -1));
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = gap.split(line, -1);
      assertThat(cells).as(line).hasSameSizeAs(columns);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.length; i++) {
        row.put(columns.get(i), cells[i]);
      }
      rows.add(row);
    }
    return new TextTable(columns, rows);
  }

  /** The columns from one to another, without these two. */
  List<String> between(String first, String last) {
    return columns.subList(columns.indexOf(first) + 1, columns.indexOf(last));
  }
}
