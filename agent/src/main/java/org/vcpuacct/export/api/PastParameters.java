package org.vcpuacct.export.api;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vcpuacct.export.http.Query;
import org.vcpuacct.history.HeldTimes;
import org.vcpuacct.history.History;
import org.vcpuacct.history.Period;
import org.vcpuacct.ne.UnknownNe;

/** What a request about the past asks for; what cannot be answered is said in one sentence. */
final class PastParameters {

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final Query query;
  private final History history;
  private final ZoneId zone;

  /**
   * The parameters of a request.
   *
   * @param zone for the times that a sentence names
   */
  PastParameters(Query query, History history, ZoneId zone) {
    this.query = query;
    this.history = history;
    this.zone = zone;
  }

  /** The network element. */
  String ne() throws BadQueryException {
    return query
        .parameter("ne")
        .orElseThrow(() -> bad("say of which network element: ne=NAME is missing"));
  }

  /** A time, ms since 1970; empty if it is not given. */
  OptionalLong time(String name) throws BadQueryException {
    Optional<String> text = query.parameter(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.get()));
    } catch (NumberFormatException e) {
      throw bad(name + " is not a time in ms since 1970: " + text.get());
    }
  }

  /** A number from 1 to a limit; empty if it is not given. */
  OptionalInt count(String name, int limit) throws BadQueryException {
    Optional<String> text = query.parameter(name);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!text.get().matches("[1-9]\\d{0,8}") || Integer.parseInt(text.get()) > limit) {
      throw bad(name + " is not a number from 1 to " + limit + ": " + text.get());
    }
    return OptionalInt.of(Integer.parseInt(text.get()));
  }

  /** That nothing is known of a time, and of which time something is. */
  BadQueryException nothingHeld(long epochMillis) throws IOException {
    return notFound(HeldTimes.of(history).nothingKnownOf(words(epochMillis), this::words));
  }

  /** That there was no such network element, and which there were. */
  static BadQueryException unknownNe(String name, Period period) {
    return notFound(UnknownNe.then(name, period.nes()));
  }

  private String words(long epochMillis) {
    return TIME.format(Instant.ofEpochMilli(epochMillis).atZone(zone));
  }

  private static BadQueryException notFound(String sentence) {
    return new BadQueryException(JsonAnswers.error(NOT_FOUND, sentence));
  }

  private static BadQueryException bad(String sentence) {
    return new BadQueryException(JsonAnswers.error(BAD_REQUEST, sentence));
  }
}
