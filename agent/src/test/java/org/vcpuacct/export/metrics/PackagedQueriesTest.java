package org.vcpuacct.export.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.alarm.Condition;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.Severity;
import org.vcpuacct.alarm.Subject;
import org.vcpuacct.json.Json;
import org.vcpuacct.json.MalformedJsonException;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Snapshots;

/** What is packaged for Prometheus and Grafana, and documented, is what is exposed or recorded. */
class PackagedQueriesTest {

  private static final Path PACKAGING = Path.of("..", "packaging");
  private static final Path DOCUMENT = Path.of("..", "docs", "prometheus.md");
  private static final Pattern PART_OF_HISTOGRAM = Pattern.compile("_(bucket|sum|count|max)$");
  private static final Pattern NAME = Pattern.compile("[a-z0-9_:]*vcpuacct_[a-z0-9_:]*");
  private static final Pattern RECORD = Pattern.compile("- record: (\\S+)");

  private static String rules;
  private static Json dashboard;
  private static Set<String> known;

  @BeforeAll
  static void readFiles() throws IOException, MalformedJsonException {
    rules = Files.readString(PACKAGING.resolve("prometheus/vcpuacct.rules.yml"), UTF_8);
    dashboard = Json.parse(Files.readAllBytes(PACKAGING.resolve("grafana/vcpuacct.json")));
    known =
        Stream.concat(
                scrape().names().stream(),
                RECORD.matcher(rules).results().map(record -> record.group(1)))
            .collect(Collectors.toSet());
  }

  private static Scrape scrape() {
    Notification raised =
        new Notification(
            1,
            0,
            true,
            1,
            Condition.AGENT_LATE,
            Severity.MAJOR,
            Subject.HOST,
            0,
            0,
            0,
            Optional.empty(),
            "",
            "");
    Snapshot snapshot = Snapshots.ofEveryTier();
    AlarmList alarms = AlarmList.empty(0).after(List.of(raised));
    try (MetricsResource resource =
        new MetricsResource(
            "1.2.3", () -> snapshot, () -> alarms, () -> Optional.of(Scrape.HARDWARE))) {
      resource.health().step(snapshot.agent(), OptionalLong.of(0));
      return Scrape.of(resource, snapshot, Optional.empty());
    }
  }

  @Test
  void theDocumentHasWhatThereIsAndNothingElse() throws IOException {
    Set<String> documented = names(Files.readString(DOCUMENT, UTF_8));

    assertThat(documented)
        .containsExactlyInAnyOrderElementsOf(
            known.stream()
                .filter(name -> name.contains("vcpuacct_"))
                .map(
                    name ->
                        name.contains(":") ? name : PART_OF_HISTOGRAM.matcher(name).replaceAll(""))
                .collect(Collectors.toSet()));
  }

  @Test
  void theRulesAskForWhatIsExposedOrRecorded() {
    String expressions = rules.replaceAll("(?m)^ *(description|summary): .*$", "");

    assertThat(names(expressions))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(known).contains(name));
  }

  @Test
  void theDashboardAsksForWhatIsExposedOrRecorded() {
    assertThat(expressions().flatMap(text -> names(text).stream()))
        .hasSizeGreaterThan(10)
        .allSatisfy(name -> assertThat(known).contains(name));
  }

  @Test
  void theDashboardsQueriesAreValid(@TempDir Path folder) throws IOException, InterruptedException {
    String asRules =
        expressions()
            .map(
                text ->
                    "  - record: query\n    expr: |\n      " + text.replace("$ne", "epc") + "\n")
            .collect(Collectors.joining("", "groups:\n- name: queries\n  rules:\n", ""));
    Path file = Files.writeString(folder.resolve("queries.yml"), asRules);

    Promtool.Result result = new Promtool(folder).run("check", "rules", file.toString());

    assertThat(result.status()).as(result.output()).isZero();
  }

  @Test
  void everyQueryGoesToTheDataSourceThatIsChosen() {
    Stream<Json> askers = Stream.concat(panels(), panels().flatMap(panel -> all(panel, "targets")));

    assertThat(askers.map(asker -> asker.member("datasource").orElseThrow().string("uid")))
        .isNotEmpty()
        .containsOnly(Optional.of("${datasource}"));
    assertThat(
            all(dashboard.member("templating").orElseThrow(), "list").map(of -> of.string("name")))
        .containsExactly(Optional.of("datasource"), Optional.of("ne"));
  }

  @Test
  void noTwoPanelsLieOnOnePlace() {
    assertThat(panels().map(panel -> panel.member("gridPos").orElseThrow().toString()))
        .doesNotHaveDuplicates();
    assertThat(panels().map(panel -> panel.integer("id").orElseThrow())).doesNotHaveDuplicates();
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static Stream<Json> panels() {
    return all(dashboard, "panels");
  }

  private static Stream<String> expressions() {
    return panels()
        .flatMap(panel -> all(panel, "targets"))
        .map(target -> target.string("expr").orElseThrow());
  }

  private static Stream<Json> all(Json of, String name) {
    return of.member(name).flatMap(Json::elements).orElseThrow().stream();
  }
}
