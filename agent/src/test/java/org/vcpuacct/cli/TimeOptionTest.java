package org.vcpuacct.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimeOptionTest {

  /** Noon in a zone that is two hours ahead. */
  private final TimeOption option =
      new TimeOption(Clock.fixed(Instant.parse("2026-05-01T10:00:00Z"), ZoneOffset.ofHours(2)));

  @ParameterizedTest
  @CsvSource({
    "now, 2026-05-01T10:00:00Z",
    "-30s, 2026-05-01T09:59:30Z",
    "-10m, 2026-05-01T09:50:00Z",
    "-2h, 2026-05-01T08:00:00Z",
    "-1d, 2026-04-30T10:00:00Z",
    "11:30, 2026-05-01T09:30:00Z",
    "11:30:05, 2026-05-01T09:30:05Z",
    "2026-04-30T23:00:00, 2026-04-30T21:00:00Z",
    "2026-04-30T23:00:00Z, 2026-04-30T23:00:00Z",
    "2026-04-30T23:00:00+09:00, 2026-04-30T14:00:00Z"
  })
  void anInstantIsWrittenInManyWays(String text, String instant) {
    assertThat(option.convert(text)).isEqualTo(Instant.parse(instant));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10m", "-10", "-10y", "25:00", "yesterday", "2026-05-01"})
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> option.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage(
            "'" + text + "' is no time; write -10m, 14:30, 14:30:05 or 2026-05-01T14:30:05Z");
  }

  @Test
  void withoutAClockItIsThatOfThisMachine() {
    assertThat(new TimeOption().convert("now")).isBetween(Instant.EPOCH, Instant.now());
  }
}
