package org.vcpuacct.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.export.http.HttpSettings;

class HttpSectionTest {

  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 9464);

  @TempDir private Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"", "[http]\n", "[http]\nenabled = true\n"})
  void byDefaultItServesOnLoopback(String text) throws Exception {
    assertThat(read(text))
        .contains(
            new HttpSettings(
                Optional.of(LOOPBACK), Path.of("/run/vcpuacct/http.sock"), Optional.empty()));
  }

  @Test
  void everyKeyCounts() throws Exception {
    assertThat(
            read(
                """
                [http]
                listen = "0.0.0.0:80"
                anywhere = true
                socket = "/run/x/s"
                group = "g"
                """))
        .contains(
            new HttpSettings(
                Optional.of(new InetSocketAddress(80)), Path.of("/run/x/s"), Optional.of("g")));
  }

  @Test
  void nothingIsServedIfItIsNotEnabled() throws Exception {
    assertThat(read("[http]\nenabled = false\n")).isEmpty();
  }

  @Test
  void theSocketCanBeAll() throws Exception {
    assertThat(read("[http]\nlisten = \"off\"\n").orElseThrow().listen()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          listen = "0.0.0.0:80"  | http.listen: whoever can connect reads all figures, without a password; write a loopback address, or anywhere = true if that is meant
          listen = "[::]:80"     | http.listen: whoever can connect reads all figures, without a password; write a loopback address, or anywhere = true if that is meant
          listen = "80"          | http.listen: "80" cannot be used: write ADDRESS:PORT, for example 127.0.0.1:1161 or [::1]:1161
          socket = "s"           | http.socket: "s" cannot be used: write a path from the root, for example /var/lib/vcpuacct
          socket = "/"           | http.socket: "/" cannot be used: write the path of a file
          group = ""             | http.group: "" cannot be used: write the name of a group
          port = 1               | http.port: unknown key; known here: enabled, listen, anywhere, socket, group
          """)
  void aFaultIsSaidWithFileLineAndKey(String line, String problem) {
    assertThatThrownBy(() -> read("[http]\n" + line + "\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(dir.resolve("vcpuacct.conf") + ":2: " + problem);
  }

  @Test
  void aSocketThatWouldNotFitIsRefused() {
    assertThatThrownBy(() -> read("[http]\nsocket = \"/" + "x".repeat(107) + "\"\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("the path of a socket has at most 107 octets");
  }

  private Optional<HttpSettings> read(String text) throws Exception {
    Path file = Files.writeString(dir.resolve("vcpuacct.conf"), text);
    return ConfigFile.read(file).http();
  }
}
