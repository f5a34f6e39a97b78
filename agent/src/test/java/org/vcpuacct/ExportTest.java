package org.vcpuacct;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.history.HistoryFolder;
import org.vcpuacct.history.Period;
import org.vcpuacct.history.Recorded;
import org.vcpuacct.json.Json;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ne.GuestComparison;
import picocli.CommandLine;

/** {@code vcpuacct export}, as an operator calls it. */
class ExportTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path dir;
  private List<Snapshot> snapshots;

  @BeforeEach
  void record() throws IOException {
    snapshots = Recorded.seconds(dir.resolve("state"), 200);
    Files.writeString(
        dir.resolve("vcpuacct.conf"), "[agent]\nstate-dir = \"" + dir.resolve("state") + "\"\n");
  }

  @Test
  void aRowIsAVcpuAndASecondWhoseLinesSumToItsWallTime() {
    assertThat(export("--from", at(100), "--to", at(110))).isZero();
    List<Map<String, String>> rows = rows();
    assertThat(rows.stream().map(row -> row.get("time")).distinct())
        .containsExactlyElementsOf(
            snapshots.subList(101, 111).stream().map(ExportTest::time).toList());
    for (Map<String, String> row : rows) {
      Tier tier =
          Arrays.stream(Tier.values())
              .filter(one -> one.label().equals(row.get("tier")))
              .findFirst()
              .orElseThrow();
      long sum = 0;
      for (Line line : Line.values()) {
        String ns = row.get(line.label().replace('-', '_') + "_ns");
        assertThat(ns.isEmpty()).isEqualTo(!line.tiers().contains(tier));
        sum += ns.isEmpty() ? 0 : Long.parseLong(ns);
      }
      assertThat(sum).isEqualTo(Long.parseLong(row.get("wall_ns")));
      boolean justOpened = row.get("wall_ns").equals("0"); // over no time there is no rate
      assertThat(row.get("exits_per_second").isEmpty())
          .isEqualTo(tier == Tier.SAMPLED || justOpened);
      assertThat(row.get("io_exits_ns").isEmpty()).isEqualTo(tier != Tier.EXACT);
    }
  }

  @Test
  void jsonHasWhatIsPresentAndNothingElse() throws Exception {
    assertThat(export("--from", at(100), "--to", at(101))).isZero();
    List<Map<String, String>> rows = rows();
    out.getBuffer().setLength(0);
    assertThat(export("--from", at(100), "--to", at(101), "--format", "json")).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSameSizeAs(rows);
    for (int i = 0; i < lines.size(); i++) {
      Map<String, String> present = new LinkedHashMap<>();
      Json.parse(lines.get(i).getBytes(UTF_8))
          .members()
          .forEach((name, value) -> present.put(name, scalar(name, value)));
      rows.get(i).values().removeIf(String::isEmpty);
      assertThat(present).isEqualTo(rows.get(i));
    }
  }

  @Test
  void whatGuestsSayAndWhatIsAskedOfCallProcessingIsThereWhereItWasHeld() throws Exception {
    assertThat(export("--from", at(0), "--to", at(199))).isZero();
    Map<String, Period> held = new HashMap<>();
    HistoryFolder.in(dir.resolve("state"))
        .forEachStep(
            Optional.empty(),
            0,
            Long.MAX_VALUE,
            step -> held.put(Instant.ofEpochMilli(step.toEpochMillis()).toString(), step));
    for (Map<String, String> row : rows()) {
      NeAccount ne = held.get(row.get("time")).ne(row.get("ne")).orElseThrow();
      VmAccount vm =
          ne.vms().stream()
              .filter(one -> one.vm().name().equals(row.get("vm")))
              .findFirst()
              .orElseThrow();
      assertCell(row, "guest_state", vm.guest().map(of -> of.report().state().label()));
      assertThat(row.get("guest_report_age_ns").isEmpty())
          .isEqualTo(vm.guest().flatMap(of -> of.report().last()).isEmpty());
      assertComparison(row, "vm", GuestComparison.of(vm));
      assertComparison(row, "ne", GuestComparison.of(ne));
      assertCell(row, "ne_overload_level", ne.overload().map(of -> of.level().label()));
      assertCell(row, "ne_overload_cause", ne.overload().map(of -> of.cause().label()));
      assertRatio(row, "ne_overload_load_ratio", ne.overload().map(of -> of.load() * 100));
      assertRatio(
          row, "ne_overload_reduction_ratio", ne.overload().map(of -> of.reduction() * 100));
    }
    List<Map<String, String>> all = rows();
    for (String column :
        List.of("guest_state", "vm_hidden_ratio", "ne_guest_busy_ratio", "ne_overload_level")) {
      assertThat(all.stream().map(row -> row.get(column).isEmpty()).distinct())
          .as(column)
          .containsExactlyInAnyOrder(true, false);
    }
  }

  private static void assertComparison(
      Map<String, String> row, String of, Optional<GuestComparison> both) {
    assertRatio(row, of + "_guest_busy_ratio", both.map(GuestComparison::guestBusyShare));
    assertRatio(row, of + "_guest_steal_ratio", both.map(GuestComparison::guestStealShare));
    assertThat(row.get(of + "_useful_ratio").isEmpty()).isEqualTo(both.isEmpty());
    assertThat(row.get(of + "_hidden_ratio").isEmpty()).isEqualTo(both.isEmpty());
  }

  private static void assertRatio(Map<String, String> row, String column, Optional<Integer> share) {
    assertCell(
        row,
        column,
        share.map(of -> BigDecimal.valueOf(of, 4).stripTrailingZeros().toPlainString()));
  }

  private static void assertCell(Map<String, String> row, String column, Optional<String> value) {
    assertThat(row.get(column)).as(column).isEqualTo(value.orElse(""));
  }

  /** A ratio as the cell of a table has it. */
  private static String scalar(String name, Json value) {
    String text = value.scalar().orElseThrow();
    return name.endsWith("_ratio")
        ? new BigDecimal(text).stripTrailingZeros().toPlainString()
        : text;
  }

  @Test
  void oneNetworkElementIsOneOfAll() {
    assertThat(export("--from", at(0), "--to", at(199), "--ne", "ne-2")).isZero();
    assertThat(rows()).isNotEmpty().allMatch(row -> row.get("ne").equals("ne-2"));
  }

  @Test
  void aNameThatNobodyHadIsSaidWithThoseThatThereWere() {
    assertThat(export("--from", at(0), "--to", at(199), "--ne", "nobody")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .startsWith("vcpuacct: there was no network element \"nobody\" then; there were: ne-2");
  }

  @Test
  void aTimeThatIsNotHeldIsSaidWithWhatIs() {
    assertThat(export("--from", "-10m")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("vcpuacct: nothing is known of ")
        .endsWith("; the history holds " + at(0) + " to " + at(199) + "\n");
  }

  @Test
  void whereThereIsNoHistoryItIsSaidHowToGetOne() throws Exception {
    Files.writeString(
        dir.resolve("vcpuacct.conf"), "[agent]\nstate-dir = \"" + dir.resolve("empty") + "\"\n");
    assertThat(export("--from", "-10m")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "vcpuacct: no history is held in "
                + dir.resolve("empty")
                + ": start vcpuacct run, with history.minutes above 0 and the same"
                + " agent.state-dir\n");
  }

  @Test
  void whatIsNoTimeOrFormatIsRefused() {
    assertThat(export("--from", "soon")).isEqualTo(2);
    assertThat(err.toString()).contains("'soon' is no time; write -10m");
    assertThat(export("--from", "-1m", "--format", "xml")).isEqualTo(2);
    assertThat(err.toString()).contains("'xml' is neither csv nor json");
    assertThat(export("--from", at(5), "--to", at(4))).isEqualTo(2);
    assertThat(err.toString()).contains("behind its end");
  }

  private int export(String... options) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(
        Stream.concat(
                Stream.of("export", "--config", dir.resolve("vcpuacct.conf").toString()),
                Stream.of(options))
            .toArray(String[]::new));
  }

  /** By column. */
  private List<Map<String, String>> rows() {
    List<String> lines = out.toString().lines().toList();
    String[] names = lines.get(0).split(",", -1);
    return lines.stream().skip(1).map(line -> row(names, line.split(",", -1))).toList();
  }

  private static Map<String, String> row(String[] names, String[] cells) {
    assertThat(cells).hasSameSizeAs(names);
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      row.put(names[i], cells[i]);
    }
    return row;
  }

  private String at(int second) {
    return time(snapshots.get(second));
  }

  private static String time(Snapshot snapshot) {
    return Instant.ofEpochMilli(snapshot.takenEpochMillis()).toString();
  }
}
