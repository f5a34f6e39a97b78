package org.vcpuacct.export.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.vcpuacct.alarm.Alarm;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.export.http.Answer;
import org.vcpuacct.export.http.Query;
import org.vcpuacct.export.http.Resource;
import org.vcpuacct.history.History;
import org.vcpuacct.history.Period;

/**
 * {@code /api/v1/history?ne=NAME[&from=TIME][&to=TIME][&points=N]}: a network element over time, as
 * JSON. Times are in ms since 1970; without them it is the last fifteen minutes.
 */
public final class HistoryResource implements Resource {

  private static final int POINTS = 300;
  private static final int MAX_POINTS = 1_000;
  private static final long SPAN_MS = TimeUnit.MINUTES.toMillis(15);

  private final History history;
  private final Supplier<AlarmList> alarms;
  private final InstantSource clock;
  private final ZoneId zone;

  /**
   * The resource.
   *
   * @param alarms the newest list of alarms, never null
   * @param zone for the times that an error names
   */
  public HistoryResource(
      History history, Supplier<AlarmList> alarms, InstantSource clock, ZoneId zone) {
    this.history = history;
    this.alarms = alarms;
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public String path() {
    return "/api/v1/history";
  }

  @Override
  public Set<String> parameters() {
    return Set.of("ne", "from", "to", "points");
  }

  @Override
  public Answer answer(Query query) {
    PastParameters asked = new PastParameters(query, history, zone);
    try {
      String ne = asked.ne();
      long toMillis = asked.time("to").orElse(clock.millis());
      long fromMillis = asked.time("from").orElse(toMillis - SPAN_MS);
      int points = asked.count("points", MAX_POINTS).orElse(POINTS);
      HistoryDocument document = new HistoryDocument(ne);
      history.series(ne, fromMillis, toMillis, points, document::add);
      if (document.isEmpty()) {
        throw nothing(ne, fromMillis, toMillis, asked);
      }
      return JsonAnswers.of(document.write(raised(ne, fromMillis, toMillis)));
    } catch (BadQueryException e) {
      return e.answer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Either nothing is known of the time, or there was no such network element. */
  private BadQueryException nothing(String ne, long fromMillis, long toMillis, PastParameters asked)
      throws IOException {
    Optional<Period> period = history.period(fromMillis, toMillis);
    return period.isPresent()
        ? PastParameters.unknownNe(ne, period.get())
        : asked.nothingHeld(toMillis);
  }

  private List<Alarm> raised(String ne, long fromMillis, long toMillis) {
    return alarms.get().all().stream()
        .filter(alarm -> alarm.raised().subject().isOf(ne))
        .filter(alarm -> alarm.raised().epochMillis() <= toMillis)
        .filter(alarm -> alarm.isActive() || alarm.last().epochMillis() >= fromMillis)
        .toList();
  }
}
