package org.vcpuacct.export.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpositionTest {

  private static final Family FAMILY = Family.gauge("one", "Help.");

  private final Exposition out = new Exposition(TextFormat.PROMETHEUS, 0);

  @ParameterizedTest
  @CsvSource({
    "0, 9, 0",
    "1, 9, 0.000000001",
    "-1, 9, -0.000000001",
    "1000000000, 9, 1",
    "10500000000, 9, 10.5",
    "9223372036854775807, 9, 9223372036.854775807",
    "9223372036854775807, 0, 9223372036854775807",
    "-120, 4, -0.012",
    "10000, 4, 1"
  })
  void aNumberIsWrittenToItsLastDigit(long unscaled, int digits, String expected) {
    out.family(FAMILY);
    out.decimal(Labels.NONE, Labels.NONE, unscaled, digits);

    assertThat(text()).endsWith("\none " + expected + "\n");
  }

  @Test
  void aFamilyWithoutSamplesLeavesNothing() {
    out.family(FAMILY);
    out.family(Family.counter("two", "More help."));
    out.integer(Labels.of("a", "b"), Labels.of("c", "d"), 3);

    assertThat(text())
        .isEqualTo(
            """
            # HELP two_total More help.
            # TYPE two_total counter
            two_total{a="b",c="d"} 3
            """);
  }

  private String text() {
    return new String(out.toByteArray(), UTF_8);
  }
}
