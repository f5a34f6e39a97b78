package org.vcpuacct.export.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.export.http.Answer;
import org.vcpuacct.export.http.Query;
import org.vcpuacct.history.Period;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.json.Json;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Snapshots;

class PastResourcesTest {

  private static final long MINUTE = 60_000;
  private static final long NOW = 100 * MINUTE;
  private static final Snapshot SNAPSHOT = Snapshots.ofEveryTier();

  private final Past past = new Past();
  private final HistoryResource history =
      new HistoryResource(
          past,
          () -> AlarmList.empty(0),
          InstantSource.fixed(Instant.ofEpochMilli(NOW)),
          ZoneOffset.UTC);
  private final WhyResource why =
      new WhyResource(
          past,
          () -> SNAPSHOT,
          new HostRoot(Path.of("/nowhere")),
          InstantSource.fixed(Instant.ofEpochMilli(NOW)),
          ZoneOffset.UTC);

  private void hold(long fromMinute, long toMinute) {
    past.add(new Period(fromMinute * MINUTE, toMinute * MINUTE, SNAPSHOT.nes()));
  }

  private static Query query(String... parameters) {
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      named.put(parameters[i], parameters[i + 1]);
    }
    return new Query(named, Optional.empty());
  }

  private static Json json(Answer answer) throws Exception {
    return Json.parse(answer.content());
  }

  private static List<Json> elements(Json of, String name) {
    return of.member(name).flatMap(Json::elements).orElseThrow();
  }

  private static String error(Answer answer, int status) throws Exception {
    assertThat(answer.status()).isEqualTo(status);
    return json(answer).string("error").orElseThrow();
  }

  @Test
  void eachColumnHasAValueForEachTimeAndNoneWhereNothingIsKnown() throws Exception {
    hold(90, 91);
    hold(91, 92);
    hold(95, 96);

    Json document = json(history.answer(query("ne", "ne-1")));

    assertThat(elements(document, "times").stream().map(time -> time.number().orElseThrow()))
        .containsExactly(91 * 60.0, 92 * 60.0, 95 * 60.0, 96 * 60.0);
    Json guest =
        elements(document, "lines").stream()
            .filter(line -> line.string("name").equals(Optional.of(Line.GUEST.name())))
            .findFirst()
            .orElseThrow();
    List<Json> shares = elements(guest, "share");
    assertThat(shares).hasSize(4);
    assertThat(shares.get(2).number()).isEmpty();
    assertThat(shares.get(3).number()).isPresent();
  }

  @Test
  void theLinesOfEachTimeSumToTheWhole() throws Exception {
    hold(90, 91);

    Json document = json(history.answer(query("ne", "ne-1")));

    double sum =
        elements(document, "lines").stream()
            .mapToDouble(line -> elements(line, "share").get(0).number().orElseThrow())
            .sum();
    assertThat(sum).isBetween(0.999, 1.001);
  }

  @Test
  void whatATierDoesNotMeasureHasNoColumn() throws Exception {
    hold(90, 91);

    Json document = json(history.answer(query("ne", "ne-40")));

    assertThat(elements(document, "exits")).isEmpty();
    assertThat(document.member("schedulingLatency")).isEmpty();
  }

  @Test
  void aNameThatThereWasNotIsToldBesideThoseThatThereWere() throws Exception {
    hold(90, 91);

    assertThat(error(history.answer(query("ne", "nobody")), 404))
        .isEqualTo(
            "there was no network element \"nobody\" then; there were: ne-1, ne-3, ne-40, ne-41");
    assertThat(error(why.answer(query("ne", "nobody", "at", "5460000")), 404))
        .startsWith("there was no network element \"nobody\" then; there were: ne-1");
  }

  @Test
  void aTimeThatIsNotHeldIsToldBesideTheTimesThatAre() throws Exception {
    hold(90, 91);

    assertThat(error(why.answer(query("ne", "ne-1", "at", "60000")), 404))
        .isEqualTo(
            "nothing is known of 1970-01-01 00:01:00; the history holds 1970-01-01 01:30:00 to"
                + " 1970-01-01 01:31:00, and around alarms: 1970-01-01 00:06:40 to"
                + " 1970-01-01 00:08:40");
  }

  @Test
  void parametersThatCannotBeUsedAreNamed() throws Exception {
    assertThat(error(history.answer(query()), 400)).contains("ne=NAME is missing");
    assertThat(error(history.answer(query("ne", "a", "from", "noon")), 400))
        .isEqualTo("from is not a time in ms since 1970: noon");
    assertThat(error(history.answer(query("ne", "a", "points", "0")), 400))
        .isEqualTo("points is not a number from 1 to 1000: 0");
    assertThat(error(history.answer(query("ne", "a", "points", "99999999999")), 400))
        .startsWith("points is not a number");
  }

  @Test
  void whyIsToldOfTheMinuteBeforeATime() {
    hold(84, 90);
    hold(90, 91);

    String text = new String(why.answer(query("ne", "ne-1", "at", "5460000")).content(), UTF_8);

    assertThat(text).startsWith("ne-1, 1970-01-01 01:30:00 to 01:31:00");
    assertThat(text).contains("Effective load").contains("Likely causes");
  }
}
