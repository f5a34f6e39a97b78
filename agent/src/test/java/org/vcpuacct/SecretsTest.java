package org.vcpuacct;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon at its most talkative, with a secret in every place that takes one and whatever it
 * speaks to absent or wrong: none is in its log, its command line or its environment.
 */
@Timeout(300)
class SecretsTest {

  /** Of all secrets, and of nothing else. */
  private static final String MARK = "Sesame";

  /** Nothing listens there. */
  private static final String CLOSED = "127.0.0.1:9";

  @TempDir private Path dir;
  private int port;
  private Process daemon;

  @BeforeEach
  void start() throws IOException {
    port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            "--config",
            config().toString());
    builder.environment().put("VCPUACCT_LOG", "DEBUG");
    daemon = builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
  }

  @AfterEach
  void end() {
    daemon.destroyForcibly().onExit().join();
  }

  @Test
  void noSecretIsInTheLogNorInTheProcessList() throws Exception {
    awaitLines("SNMP on");
    send("0\u0012\u0002\u0001\u0001\u0004\u0008Sesame-1!\u0003ab".getBytes(UTF_8));
    snmpget("-v2c", "-c", "Sesame-typed");
    snmpget(
        "-v3",
        "-u",
        "nms",
        "-l",
        "authPriv",
        "-a",
        "SHA-256",
        "-A",
        "Sesame-typed",
        "-x",
        "AES",
        "-X",
        "Sesame-typed");
    awaitLines(
        "dropped an SNMP message of 127.0.0.1/\\d+: (malformed|not a request)",
        "unknown community",
        "Authentication failure",
        "notifications wait for v2c",
        "notifications wait for v3",
        "no AgentX master at",
        "Failed to publish metrics to OTLP receiver");

    Path process = Path.of("/proc", Long.toString(daemon.pid()));
    assertThat(Files.readString(log())).doesNotContain(MARK);
    assertThat(Files.readString(process.resolve("cmdline"), ISO_8859_1))
        .contains("vcpuacct.conf")
        .doesNotContain(MARK);
    assertThat(Files.readString(process.resolve("environ"), ISO_8859_1))
        .contains("VCPUACCT_LOG=DEBUG")
        .doesNotContain(MARK);
  }

  private Path config() throws IOException {
    String text =
        """
        [agent]
        state-dir = "DIR/state"
        best-tier = "sampled"
        [snmp]
        listen = "127.0.0.1:PORT"
        community = "Sesame-1"
        [snmp.communities]
        "Sesame-2" = "epc"
        [[snmp.user]]
        name = "nms"
        auth = "SHA-256"
        auth-password = "Sesame-3"
        privacy = "AES-128"
        privacy-password-file = "DIR/secret"
        [http]
        listen = "off"
        socket = "DIR/http.sock"
        [otlp]
        url = "http://CLOSED/v1/metrics"
        interval-ms = 1000
        [agentx]
        master = "DIR/no-master"
        [[ne]]
        name = "epc"
        vms = ["no-such-vm"]
        [alarm.ne-without-vms]
        raise-hold-ms = 0
        [[guest.snmp]]
        vm = "mme-1"
        address = "CLOSED"
        community = "Sesame-5"
        [[guest.snmp]]
        vm = "mme-2"
        address = "CLOSED"
        user = "reader"
        auth = "SHA-256"
        auth-password-file = "DIR/secret"
        privacy = "AES-128"
        privacy-password = "Sesame-6"
        [[notify]]
        name = "v2c"
        address = "CLOSED"
        community = "Sesame-7"
        [[notify]]
        name = "v3"
        address = "CLOSED"
        user = "teller"
        auth = "SHA-256"
        auth-password = "Sesame-8"
        privacy = "AES-128"
        privacy-password-file = "DIR/secret"
        """;
    Files.createDirectory(dir.resolve("state"));
    secret("secret", "Sesame-4\n");
    return secret(
        "vcpuacct.conf",
        text.replace("DIR", dir.toString())
            .replace("PORT", Integer.toString(port))
            .replace("CLOSED", CLOSED));
  }

  private Path secret(String name, String text) throws IOException {
    Path file = Files.writeString(dir.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
  }

  private Path log() {
    return dir.resolve("log");
  }

  /** Waits until what is looked for was said: a failure that did not happen tells nothing. */
  private void awaitLines(String... patterns) throws IOException, InterruptedException {
    for (String pattern : patterns) {
      String said = Files.readString(log());
      while (!said.matches("(?s).*(" + pattern + ").*")) {
        assertThat(daemon.isAlive()).as(said).isTrue();
        Thread.sleep(50);
        said = Files.readString(log());
      }
    }
  }

  private void send(byte[] octets) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      socket.send(new DatagramPacket(octets, octets.length, new InetSocketAddress(loopback, port)));
    }
  }

  private void snmpget(String... credentials) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("snmpget"));
    words.addAll(List.of(credentials));
    words.addAll(List.of("-t", "1", "-r", "0", "127.0.0.1:" + port, "1.3.6.1.2.1.1.3.0"));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().putAll(Map.of("SNMP_PERSISTENT_DIR", dir.toString()));
    Process get =
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(get.waitFor()).as("refused").isNotZero();
  }

  private static int freePort() throws IOException {
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
