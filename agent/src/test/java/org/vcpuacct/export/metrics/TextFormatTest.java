package org.vcpuacct.export.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormatTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/openmetrics-text",
        "application/openmetrics-text; version=1.0.0",
        "application/openmetrics-text;version=\"1.0.0\";charset=utf-8;q=0.9,text/plain;q=0.5",
        "Application/OpenMetrics-Text;version=1.0.0,application/openmetrics-text;version=0.0.1;"
            + "q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
        "application/vnd.google.protobuf;q=0.7,application/openmetrics-text;version=1.0.0;q=0.6"
      })
  void openMetricsIsForThoseWhoAskForIt(String accept) {
    assertThat(TextFormat.preferred(Optional.of(accept))).isEqualTo(TextFormat.OPEN_METRICS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "text/plain",
        "text/html,application/xhtml+xml,*/*;q=0.8",
        "application/openmetrics-text;version=0.0.1",
        "application/openmetrics-text;version=1.0.0;q=0",
        "application/openmetrics-text;q=0.2,text/plain;version=0.0.4;q=0.5",
        ";;,=;q=nonsense"
      })
  void theTextOfPrometheusIsForAllOthers(String accept) {
    assertThat(TextFormat.preferred(Optional.of(accept))).isEqualTo(TextFormat.PROMETHEUS);
  }

  @Test
  void aClientThatDoesNotSayGetsTheTextOfPrometheus() {
    assertThat(TextFormat.preferred(Optional.empty())).isEqualTo(TextFormat.PROMETHEUS);
    assertThat(TextFormat.PROMETHEUS.mediaType())
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
  }
}
