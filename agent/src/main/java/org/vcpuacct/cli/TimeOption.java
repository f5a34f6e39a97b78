package org.vcpuacct.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An instant as an operator writes it: {@code -10m} and the like, before now; {@code 14:30} or
 * {@code 14:30:05}, today on the clock of this machine; ISO 8601, {@code 2026-05-01T14:30:05Z}, or
 * without a zone that of this machine; {@code now}.
 */
public final class TimeOption implements ITypeConverter<Instant> {

  /** How a time can be written, for the help of an option. */
  public static final String FORMS = "-10m, 14:30, 14:30:05 or 2026-05-01T14:30:05Z";

  private static final Pattern AGO = Pattern.compile("-(\\d{1,6})([smhd])");

  private final Clock clock;

  /** Of this machine's clock and time zone. */
  public TimeOption() {
    this(Clock.system(ZoneId.systemDefault()));
  }

  TimeOption(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Instant convert(String text) {
    if (text.equals("now")) {
      return clock.instant();
    }
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      return clock.instant().minus(duration(Long.parseLong(ago.group(1)), ago.group(2)));
    }
    return Stream.<Function<String, Instant>>of(
            of -> OffsetDateTime.parse(of).toInstant(),
            of -> LocalDateTime.parse(of).atZone(clock.getZone()).toInstant(),
            of -> ZonedDateTime.now(clock).with(LocalTime.parse(of)).toInstant())
        .flatMap(form -> parse(text, form).stream())
        .findFirst()
        .orElseThrow(
            () -> new TypeConversionException("'" + text + "' is no time; write " + FORMS));
  }

  private static Optional<Instant> parse(String text, Function<String, Instant> form) {
    try {
      return Optional.of(form.apply(text));
    } catch (DateTimeException e) { // it is of another form, or of none
      return Optional.empty();
    }
  }

  private static Duration duration(long number, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
