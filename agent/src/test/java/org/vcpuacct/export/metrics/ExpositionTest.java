package org.vcpuacct.export.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpositionTest {

  private static final Family FAMILY = Family.gauge("one", "Help.");

  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private final Exposition out = new Exposition(TextFormat.PROMETHEUS, stream);

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
    "1234567, 0, 1234567",
    "123456780, 2, 1234567.8",
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

  @Test
  void aTextMayBeOfAnyLengthAndSoMayALabel() {
    Labels longLabel = Labels.of("a", "x".repeat(100_000));
    out.family(FAMILY);
    out.integer(longLabel, Labels.NONE, 1);
    for (int i = 0; i < 10_000; i++) {
      out.integer(Labels.NONE, Labels.NONE, i);
    }

    assertThat(text().lines().skip(2))
        .hasSize(10_001)
        .startsWith("one{a=\"" + "x".repeat(100_000) + "\"} 1", "one 0", "one 1")
        .endsWith("one 9999");
  }

  private String text() {
    out.flush();
    assertThat(out.length()).isEqualTo(stream.size());
    return stream.toString(UTF_8);
  }
}
