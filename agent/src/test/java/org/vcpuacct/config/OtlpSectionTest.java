package org.vcpuacct.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vcpuacct.export.metrics.OtlpSettings;

class OtlpSectionTest {

  private static final String URL = "https://collector.example:4318/v1/metrics";

  @TempDir private Path dir;

  @Test
  void withoutTheSectionNothingIsSent() throws Exception {
    assertThat(read("")).isEmpty();
  }

  @Test
  void everyKeyCountsAndTheIntervalHasADefault() throws Exception {
    assertThat(read("[otlp]\nurl = \"" + URL + "\"\n"))
        .contains(new OtlpSettings(URI.create(URL), Duration.ofMinutes(1)));
    assertThat(read("[otlp]\nurl = \"" + URL + "\"\ninterval-ms = 5000\n"))
        .contains(new OtlpSettings(URI.create(URL), Duration.ofSeconds(5)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          interval-ms = 5000                      | otlp.url is missing
          url = "127.0.0.1:4318"                  | otlp.url: "127.0.0.1:4318" cannot be used: write where the collector
          url = "ftp://a/b"                       | otlp.url: "ftp://a/b" cannot be used: write where the collector
          url = "http:///v1/metrics"              | otlp.url: "http:///v1/metrics" cannot be used: write where the
          url = "http://a/b c"                    | otlp.url: "http://a/b c" cannot be used: write where the collector
          url = "http://a/b"\\ninterval-ms = 999  | otlp.interval-ms: must be from 1000 to 3600000
          url = "http://a/b"\\nevery = 1          | otlp.every: unknown key
          """)
  void aFaultIsNamed(String escapedLines, String problem) {
    assertThatThrownBy(() -> read("[otlp]\n" + escapedLines.replace("\\n", "\n") + "\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  private Optional<OtlpSettings> read(String text) throws Exception {
    return ConfigFile.read(Files.writeString(dir.resolve("vcpuacct.conf"), text)).otlp();
  }
}
