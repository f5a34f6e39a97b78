package org.vcpuacct.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vcpuacct.overload.feed.FeedSettings;

class FeedSectionTest {

  @TempDir private Path dir;

  @Test
  void withoutTheSectionThereIsNoFeed() throws Exception {
    assertThat(read("[overload]\nvalidity-ms = 3000\n")).isEmpty();
  }

  @Test
  void anEmptySectionMeansTheDefaults() throws Exception {
    assertThat(read("[overload.feed]\n"))
        .contains(new FeedSettings(Path.of("/run/vcpuacct"), Optional.empty(), Optional.empty()));
  }

  @Test
  void everyKeyCounts() throws Exception {
    assertThat(read("[overload.feed]\ndirectory = \"/run/x\"\ngroup = \"g\"\nvsock-port = 9\n"))
        .contains(new FeedSettings(Path.of("/run/x"), Optional.of("g"), Optional.of(9)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          directory = "run"        | overload.feed.directory: "run" cannot be used: write a path from the root, for example /var/lib/vcpuacct
          group = " "              | overload.feed.group: " " cannot be used: write the name of a group
          vsock-port = 0           | overload.feed.vsock-port: must be from 1 to 2147483647
          port = 1                 | overload.feed.port: unknown key; known here: directory, group, vsock-port
          """)
  void aFaultIsSaidWithFileLineAndKey(String line, String problem) {
    assertThatThrownBy(() -> read("[overload.feed]\n" + line + "\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(dir.resolve("vcpuacct.conf") + ":2: " + problem);
  }

  @Test
  void aFolderWhoseSocketWouldNotFitIsRefused() {
    String directory = "/run/" + "x".repeat(100);
    assertThatThrownBy(() -> read("[overload.feed]\ndirectory = \"" + directory + "\"\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("overload.sock, would have more than 107 octets");
  }

  private Optional<FeedSettings> read(String text) throws Exception {
    Path file = Files.writeString(dir.resolve("vcpuacct.conf"), text);
    return ConfigFile.read(file).overload().feed();
  }
}
