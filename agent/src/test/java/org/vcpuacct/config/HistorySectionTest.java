package org.vcpuacct.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vcpuacct.history.HistorySettings;

class HistorySectionTest {

  @TempDir private Path dir;

  @Test
  void withoutTheSectionAnHourIsHeld() throws Exception {
    assertThat(read("[agent]\n")).isEqualTo(HistorySettings.defaults());
    assertThat(read("[history]\n")).isEqualTo(HistorySettings.defaults());
  }

  @Test
  void everyKeyCounts() throws Exception {
    assertThat(
            read(
                """
                [history]
                minutes = 0
                max-mib = 5
                freeze-before-seconds = 6
                freeze-after-seconds = 7
                frozen-copies = 8
                """))
        .isEqualTo(
            new HistorySettings(
                Duration.ZERO, 5 << 20, Duration.ofSeconds(6), Duration.ofSeconds(7), 8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          minutes = -1         | history.minutes: must be from 0 to 1440
          max-mib = 3          | history.max-mib: must be from 4 to 100000
          frozen-copies = 1001 | history.frozen-copies: must be from 0 to 1000
          hours = 1            | history.hours: unknown key; known here: minutes, max-mib, freeze-before-seconds, freeze-after-seconds, frozen-copies
          """)
  void aFaultIsSaidWithFileLineAndKey(String key, String problem) {
    assertThatThrownBy(() -> read("[history]\n" + key + "\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file() + ":2: " + problem);
  }

  private HistorySettings read(String text) throws IOException, ConfigException {
    Files.writeString(file(), text);
    return ConfigFile.read(file()).history();
  }

  private Path file() {
    return dir.resolve("vcpuacct.conf");
  }
}
