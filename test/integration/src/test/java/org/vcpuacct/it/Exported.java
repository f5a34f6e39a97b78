package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openqa.selenium.json.Json;

/**
 * What {@code vcpuacct export} prints.
 *
 * @param rows the cells of each row by column; what is absent has none
 */
record Exported(List<Map<String, String>> rows) {

  static Exported ofCsv(String text) {
    return new Exported(
        TextTable.ofCsv(text).rows().stream().map(Exported::withoutAbsent).toList());
  }

  static Exported ofJson(String text) {
    return new Exported(text.lines().map(Exported::object).toList());
  }

  private static Map<String, String> withoutAbsent(Map<String, String> row) {
    Map<String, String> present = new TreeMap<>(row);
    present.values().removeIf(String::isEmpty);
    return present;
  }

  private static Map<String, String> object(String line) {
    Map<String, Object> members = new Json().toType(line, Json.MAP_TYPE);
    Map<String, String> cells = new TreeMap<>();
    members.forEach((name, value) -> cells.put(name, value.toString()));
    return cells;
  }

  Instant lastTime() {
    return rows.stream().map(Exported::time).max(Instant::compareTo).orElseThrow();
  }

  /** The rows of each vCPU, NAME/NUMBER, by ascending time. */
  Map<String, List<Map<String, String>>> byVcpu() {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                row -> row.get("vm") + "/" + row.get("vcpu"), TreeMap::new, Collectors.toList()));
  }

  static Instant time(Map<String, String> row) {
    return Instant.parse(row.get("time"));
  }

  static Duration wall(Map<String, String> row) {
    return Duration.ofNanos(Long.parseLong(row.get("wall_ns")));
  }

  /** The ledger of a row in the tier exact, which has every line. */
  static LedgerFigures ledger(Map<String, String> row) {
    assertThat(row).containsEntry("tier", "exact");
    return new LedgerFigures(
        wall(row).toNanos(),
        Stream.of(LedgerFigures.Line.values())
            .collect(
                Collectors.toMap(
                    line -> line,
                    line -> {
                      String column = line.name().toLowerCase(Locale.ROOT) + "_ns";
                      return Long.parseLong(row.get(column));
                    })));
  }
}
