package org.vcpuacct.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.snmp.AuthProtocol;
import org.vcpuacct.snmp.Password;
import org.vcpuacct.snmp.PrivacyProtocol;
import org.vcpuacct.snmp.SnmpCredentials;
import org.vcpuacct.snmp.SnmpCredentials.Authentication;
import org.vcpuacct.snmp.SnmpCredentials.Community;
import org.vcpuacct.snmp.SnmpCredentials.Privacy;
import org.vcpuacct.snmp.SnmpCredentials.User;

/**
 * The reader against net-snmp's own snmpd on this machine, whose /proc/stat tells what is right.
 */
@Timeout(60)
class GuestSnmpReaderTest {

  private static final String AUTH_PASSWORD = "authentic-password";
  private static final String PRIVACY_PASSWORD = "private-password";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** snmpd refreshes its figures every few seconds. */
  private static final long REFRESH_NS = 20_000_000_000L;

  @TempDir static Path dir;
  private static InetSocketAddress address;
  private static Process snmpd;

  @BeforeAll
  static void startSnmpd() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (DatagramSocket free = new DatagramSocket(0, loopback)) {
      address = new InetSocketAddress(loopback, free.getLocalPort());
    }
    Path config = dir.resolve("snmpd.conf");
    Files.writeString(
        config,
        """
        rocommunity public 127.0.0.1
        rocommunity empty 127.0.0.1 .1.3.6.1.6
        createUser reader SHA-256 "%s" AES-128 "%s"
        rouser reader authnopriv
        """
            .formatted(AUTH_PASSWORD, PRIVACY_PASSWORD));
    ProcessBuilder builder =
        new ProcessBuilder(
            "snmpd",
            "-f",
            "-Lf",
            "log",
            "-C",
            "-c",
            config.toString(),
            "-I",
            "-smux",
            "udp:127.0.0.1:" + address.getPort());
    builder.directory(dir.toFile()).environment().put("SNMP_PERSISTENT_DIR", dir.toString());
    builder.redirectErrorStream(true).redirectOutput(dir.resolve("out").toFile());
    snmpd = builder.start();
    awaitAnswer();
  }

  private static void awaitAnswer() throws InterruptedException {
    while (true) {
      try {
        reader(new Community("public"), Duration.ofMillis(500)).read();
        return;
      } catch (GuestLoadException e) {
        assertThat(snmpd.isAlive()).as("snmpd runs").isTrue();
      }
    }
  }

  @AfterAll
  static void endSnmpd() throws InterruptedException {
    if (snmpd != null) {
      snmpd.destroy();
      snmpd.waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void readsWhatTheKernelTellsSnmpd() throws Exception {
    String[] fields = cpuFields();
    GuestLoad load = reader(new Community("public"), TIMEOUT).read();

    assertThat(load.source()).isEqualTo(GuestSource.SNMP);
    assertThat(load.cpus()).hasSize(1);
    GuestCpu cpu = load.cpus().get(0);
    assertThat(cpu.isWholeGuest()).isTrue();
    for (GuestTime time : GuestTime.values()) {
      long kernelNs = Long.parseLong(fields[time.ordinal() + 1]) * 10_000_000;
      assertThat(cpu.ns(time).orElseThrow())
          .as(time.name())
          .isBetween(Math.max(0, kernelNs - REFRESH_NS), kernelNs + REFRESH_NS);
    }
    assertThat(load.loadAverages().orElseThrow().fifteen()).isBetween(0.0, 1000.0);
  }

  @Test
  void asksAsAUserWithAndWithoutPrivacy() throws Exception {
    assertThat(reader(user(AUTH_PASSWORD, Optional.empty()), TIMEOUT).read().cpus()).hasSize(1);
    assertThat(reader(user(AUTH_PASSWORD, privacy(PRIVACY_PASSWORD)), TIMEOUT).read().cpus())
        .hasSize(1);
  }

  @Test
  void saysWhyAUserIsRefused() {
    assertRefused(user("another-password", Optional.empty()), "wrong password");
    assertRefused(
        new User(
            "nobody",
            new Authentication(AuthProtocol.SHA_256, new Password(AUTH_PASSWORD)),
            Optional.empty()),
        "does not know the user");
  }

  @Test
  void saysThatAViewIsMissing() {
    assertRefused(new Community("empty"), "allow it a view");
  }

  @Test
  void saysThatNobodyAnswers() {
    assertThatThrownBy(reader(new Community("wrong"), Duration.ofMillis(500))::read)
        .isInstanceOf(GuestNotAnsweringException.class)
        .hasMessageContaining("within 500 ms")
        .hasMessageNotContaining("wrong");
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    GuestSnmpReader reader = reader(user(AUTH_PASSWORD, Optional.empty()), TIMEOUT);
    reader.read();
    int threads = Thread.activeCount();
    for (int i = 0; i < 20; i++) {
      reader.read();
    }

    while (Thread.activeCount() > threads) {
      Thread.sleep(10);
    }
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
  }

  @Test
  void aCounterOf32BitsDoesNotWrap() {
    TickCounter counter = new TickCounter();

    assertThat(counter.extend(4_294_967_290L)).isEqualTo(4_294_967_290L);
    assertThat(counter.extend(4)).isEqualTo(4_294_967_300L);
    assertThat(counter.extend(5)).isEqualTo(4_294_967_301L);
  }

  private static void assertRefused(SnmpCredentials credentials, String message) {
    assertThatThrownBy(reader(credentials, Duration.ofSeconds(2))::read)
        .isInstanceOf(GuestRefusedException.class)
        .hasMessageContaining(message);
  }

  private static Optional<Privacy> privacy(String password) {
    return Optional.of(new Privacy(PrivacyProtocol.AES_128, new Password(password)));
  }

  private static User user(String password, Optional<Privacy> privacy) {
    return new User(
        "reader", new Authentication(AuthProtocol.SHA_256, new Password(password)), privacy);
  }

  private static GuestSnmpReader reader(SnmpCredentials credentials, Duration timeout) {
    return new GuestSnmpReader(new SnmpGuest("vm", address, credentials), timeout);
  }

  private static String[] cpuFields() throws IOException {
    String stat = Files.readString(Path.of("/proc/stat"), StandardCharsets.US_ASCII);
    return stat.lines().findFirst().orElseThrow().split(" +", -1);
  }
}
