package org.vcpuacct.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentxSectionTest {

  @TempDir Path dir;

  @Test
  void withoutTheSectionThereIsNoSubagent() throws Exception {
    assertThat(read("[agent]\n").agentx()).isEmpty();
  }

  @Test
  void anEmptySectionMeansSnmpdsOwnSocket() throws Exception {
    assertThat(master("[agentx]\n")).isEqualTo(UnixDomainSocketAddress.of("/var/agentx/master"));
  }

  @Test
  void aMasterIsASocketInTheFileSystemOrATcpPort() throws Exception {
    assertThat(master("[agentx]\nmaster = \"/run/my master\"\n"))
        .isEqualTo(UnixDomainSocketAddress.of("/run/my master"));
    assertThat(master("[agentx]\nmaster = \"tcp:127.0.0.1:705\"\n"))
        .isEqualTo(new InetSocketAddress(InetAddress.getAllByName("127.0.0.1")[0], 705));
    assertThat(master("[agentx]\nmaster = \"tcp:[::1]:705\"\n"))
        .isEqualTo(new InetSocketAddress(InetAddress.getAllByName("::1")[0], 705));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [agentx]\\nsocket = "/a"           | 2 | agentx.socket: unknown key; known here: master, notify
          [agentx]\\nmaster = 705            | 2 | agentx.master: must be a string in quotes
          [agentx]\\nmaster = "localhost"    | 2 | agentx.master: "localhost" cannot be used: write the path of a socket from the root, or tcp:ADDRESS:PORT, for example /var/agentx/master or tcp:127.0.0.1:705
          [agentx]\\nmaster = "tcp:705"      | 2 | agentx.master: "tcp:705" cannot be used: write ADDRESS:PORT, for example 127.0.0.1:1161 or [::1]:1161
          [snmp]\\nenabled = "no"            | 2 | snmp.enabled: must be true or false
          [snmp]\\nenabled = false           | 2 | snmp.enabled: nothing would serve the figures; add a section [agentx]
          """)
  void aFaultIsSaidWithFileLineAndKey(String text, int line, String problem) {
    assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file() + ":" + line + ": " + problem);
  }

  @Test
  void aPathThatNoSocketCanHaveIsRefused() {
    assertThatThrownBy(() -> read("[agentx]\nmaster = \"/" + "a".repeat(107) + "\"\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageEndingWith("cannot be used: the path of a socket has at most 107 octets");
  }

  private SocketAddress master(String text) throws Exception {
    return read(text).agentx().orElseThrow().master();
  }

  private Config read(String text) throws IOException, ConfigException {
    Files.writeString(file(), text);
    return ConfigFile.read(file());
  }

  private Path file() {
    return dir.resolve("vcpuacct.conf");
  }
}
