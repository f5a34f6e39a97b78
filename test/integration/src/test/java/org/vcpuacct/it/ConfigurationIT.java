package org.vcpuacct.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A configuration that cannot be used: one line that says where and why, and exit status 2. */
class ConfigurationIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int BAD_CONFIGURATION = 2;

  private final ThisMachine host = new ThisMachine();

  @AfterEach
  void cleanUp() {
    host.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [agent]\\ninterval = 5               | 2 | agent.interval: unknown key
          [agnt]\\ninterval-ms = 500           | 1 | agnt: unknown key
          [agent]\\n\\ninterval-ms = "fast"    | 3 | agent.interval-ms: must be a whole number
          [agent]\\nbest-tier = "perfect"      | 2 | agent.best-tier: "perfect" cannot be used
          [snmp]\\nlisten = 1161               | 2 | snmp.listen: must be a string
          [snmp]\\nlisten = "127.0.0.1"        | 2 | snmp.listen: "127.0.0.1" cannot be used
          [snmp]\\nlisten = "127.0.0.1:65536"  | 2 | snmp.listen: "127.0.0.1:65536" cannot be used
          [snmp]\\n\\n\\ncommunity =           | 4 | not TOML
          """)
  void aFaultIsNamedWithFileLineAndKey(String escapedText, int line, String problem) {
    String file = host.put("bad.toml", escapedText.replace("\\n", "\n") + "\n");
    assertRefused(run(file), "vcpuacct: " + file + ":" + line + ": " + problem);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertRefused(run("/nonexistent/vcpuacct.conf"), "vcpuacct: /nonexistent/vcpuacct.conf: ");
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (DatagramSocket taken =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      assertRefused(
          run(configFor(address)), "vcpuacct: cannot listen for SNMP on UDP " + address + ": ");
    }
  }

  @Test
  void anAddressThatIsNotThisHostsIsNamed() {
    assertRefused(
        run(configFor("192.0.2.1:1161")),
        "vcpuacct: cannot listen for SNMP on UDP 192.0.2.1:1161: ");
  }

  @Test
  void aStateFolderThatCannotBeUsedIsALimitAndNoEnd() throws IOException {
    Path notAFolder = Files.writeString(host.newFolder().resolve("file"), "");
    try (Daemon daemon = Daemon.on(host).stateDir(notAFolder + "/state").start()) {
      assertThat(daemon.snmp().get("VCPU-ACCT-MIB::vaAgentVersion.0").asText()).isNotEmpty();
      assertThat(daemon.log()).contains(notAFolder + "/state");
    }
  }

  private String configFor(String address) {
    return host.put(
        "vcpuacct.conf",
        "[agent]\nstate-dir = \"%s\"\n[http]\nenabled = false\n[snmp]\nlisten = \"%s\"\n"
            .formatted(host.newStateDir(), address));
  }

  private static Program.Result run(String config) {
    return Program.run(LIMIT, "java", "-jar", Project.JAR.toString(), "run", "--config", config);
  }

  private static void assertRefused(Program.Result result, String begin) {
    List<String> complaints =
        result.err().lines().filter(line -> line.startsWith("vcpuacct: ")).toList();
    Figures.show("refused: %s", result.err().strip());
    assertThat(complaints).hasSize(1).first().asString().startsWith(begin);
    assertThat(result.err()).doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(result.status()).isEqualTo(BAD_CONFIGURATION);
    assertThat(result.out()).isEmpty();
  }
}
