package org.vcpuacct.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.vcpuacct.json.JsonWriter;

/** How an export is written: lines, of which the first may name the columns. */
enum ExportFormat {
  /** RFC 4180, but for the ends of lines; a cell that is absent is empty. */
  CSV {
    @Override
    Optional<String> header(List<ExportColumn> columns) {
      return Optional.of(columns.stream().map(ExportColumn::name).collect(Collectors.joining(",")));
    }

    @Override
    String line(List<ExportColumn> columns, ExportRow row) {
      StringJoiner line = new StringJoiner(",");
      for (ExportColumn column : columns) {
        String cell = column.value().apply(row).orElse("");
        line.add(column.text() ? quoted(cell) : cell);
      }
      return line.toString();
    }
  },

  /** An object of JSON a line; what is absent is left out. */
  JSON {
    @Override
    Optional<String> header(List<ExportColumn> columns) {
      return Optional.empty();
    }

    @Override
    String line(List<ExportColumn> columns, ExportRow row) {
      byte[] object =
          JsonWriter.object(
              json -> columns.forEach(column -> put(json, column, column.value().apply(row))));
      return new String(object, UTF_8);
    }
  };

  private static final String SPECIAL = "\",\r\n";

  /** The line before all others; empty if there is none. */
  abstract Optional<String> header(List<ExportColumn> columns);

  /** The line of a row. */
  abstract String line(List<ExportColumn> columns, ExportRow row);

  private static String quoted(String cell) {
    boolean special = cell.chars().anyMatch(one -> SPECIAL.indexOf(one) >= 0);
    return special ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
  }

  private static void put(JsonWriter json, ExportColumn column, Optional<String> value) {
    if (column.text()) {
      json.put(column.name(), value);
    } else {
      value.ifPresent(number -> json.put(column.name(), new BigDecimal(number)));
    }
  }
}
