package org.vcpuacct.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A daemon that runs is sent SIGHUP: it follows its configuration file, and loses nothing. */
class ReloadIT {

  private static final String RECORDED_HOST = Project.file("test/hosts/qemu-7.2");
  private static final String COMMUNITY = "community = \"public\"";
  private static final String NE_NAME = "name = \"epc\"";
  private static final String OTHER_COMMUNITY = "o-and-m";
  private static final long NS_PER_TICK = 10_000_000;

  private static final int COUNTERS = 3;
  private static final int STEPS = 10;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final ThisMachine HOST = new ThisMachine();
  private static Daemon daemon;

  @BeforeAll
  static void start() {
    daemon =
        Daemon.on(HOST)
            .http()
            .snmp(COMMUNITY + "\n[[ne]]\n" + NE_NAME + "\nvms = [\"*\"]")
            .with("--root", RECORDED_HOST)
            .start();
  }

  @AfterEach
  void takeBack() {
    daemon.reload(daemon.config());
  }

  @AfterAll
  static void end() {
    daemon.close();
    HOST.close();
  }

  private static String changed(String from, String to) {
    assertThat(daemon.config()).contains(from);
    return daemon.config().replace(from, to);
  }

  private static void assertThatItServes() {
    assertThat(daemon.snmp().get("VCPU-ACCT-MIB::vaAgentSteps.0").isPresent()).isTrue();
  }

  /** Counters of one instant, and after them what tells of each interruption of a counter. */
  private static List<String> series() {
    String vcpu = "." + daemon.manager().vm("epc-mme") + ".1";
    return List.of(
        "VCPU-ACCT-MIB::vaAgentSnapshotTime.0",
        "VCPU-ACCT-MIB::vaVcpuWallNs" + vcpu,
        "VCPU-ACCT-MIB::vaAgentSteps.0",
        "VCPU-ACCT-MIB::vaVcpuDiscontinuityTime" + vcpu,
        "VCPU-ACCT-MIB::vaAgentDiscontinuityTime.0");
  }

  @Test
  void whatChangedIsFollowedAndNoCounterIsInterrupted() throws IOException {
    List<String> series = series();
    List<Varbind> before = daemon.snmp().get(series);
    try (KeptConnection http = new KeptConnection(daemon.httpAddress())) {
      assertThat(http.status()).isEqualTo("HTTP/1.1 200 OK");

      String said =
          daemon.reload(
              changed(COMMUNITY, "community = \"" + OTHER_COMMUNITY + "\"")
                  .replace(NE_NAME, "name = \"core\""));

      assertThat(said.lines().toList().get(0)).endsWith("changed: ne, snmp");
      assertThat(http.status()).as("on the connection from before").isEqualTo("HTTP/1.1 200 OK");
    }
    SnmpTools other = daemon.snmp().withCommunity(OTHER_COMMUNITY);
    new Manager(other).awaitNewFigures();
    assertThat(other.walk("VCPU-ACCT-MIB::vaNeName"))
        .extracting(Varbind::asText)
        .contains("core")
        .doesNotContain("epc");
    List<Varbind> after = other.get(series);
    assertThat(after.subList(COUNTERS, series.size()))
        .isEqualTo(before.subList(COUNTERS, series.size()));
    for (int counter = 0; counter < COUNTERS; counter++) {
      assertThat(growth(before, after, counter)).as(series.get(counter)).isPositive();
    }
    assertThat(growth(before, after, 1))
        .as("wall time, by the agent's own clock")
        .isCloseTo(NS_PER_TICK * growth(before, after, 0), within(2 * NS_PER_TICK));
  }

  private static long growth(List<Varbind> before, List<Varbind> after, int counter) {
    return after.get(counter).asLong() - before.get(counter).asLong();
  }

  @Test
  void everySectionIsFollowedWhileAManagerWalks() {
    AtomicBoolean walking = new AtomicBoolean(true);
    CompletableFuture<Integer> walks = CompletableFuture.supplyAsync(() -> walkWhile(walking));
    try (Snmptrapd manager = Snmptrapd.start(HOST)) {
      String said =
          daemon.reload(
              changed("interval-ms = 1000", "interval-ms = 500")
                  + """
                  [[ne]]
                  name = "ims"
                  vms = ["cscf-*"]
                  [alarm.ne-without-vms]
                  raise-hold-ms = 0
                  [history]
                  minutes = 0
                  """
                  + manager.target("inform"));

      assertThat(said)
          .contains("changed: agent.interval-ms, ne, history, alarm, notify\n")
          .doesNotContain("ERROR");
      Await.until("alarm to the new manager", LIMIT, () -> !manager.received().isEmpty());
      long steps = daemon.manager().steps();
      long beganNs = System.nanoTime();
      daemon.manager().awaitStep(steps + STEPS);
      assertThat(Duration.ofNanos((System.nanoTime() - beganNs) / STEPS))
          .isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
      daemon.reload(daemon.config());
    } finally {
      walking.set(false);
    }
    assertThat(walks.join()).isPositive();
  }

  /** Walks all that the daemon serves, again and again: each time it finds what it found first. */
  private static int walkWhile(AtomicBoolean walking) {
    int first = walk().size();
    int walks = 0;
    while (walking.get()) {
      assertThat(walk()).hasSizeGreaterThanOrEqualTo(first);
      walks++;
    }
    return walks;
  }

  private static List<Varbind> walk() {
    return daemon.snmp().bulkWalkByNumber(25, "VCPU-ACCT-MIB::vaVcpuTable");
  }

  @Test
  void aFaultIsNamedAndEverythingGoesOn() {
    String said = daemon.reload(changed("interval-ms = 1000", "interval-ms = \"soon\""));

    assertThat(said).contains("ERROR").contains("not reloaded").contains("agent.interval-ms");
    assertThatItServes();
    daemon.manager().awaitNewFigures();
  }

  @Test
  void anAddressThatIsTakenLeavesTheOldOne() throws IOException {
    try (DatagramSocket taken =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      String said =
          daemon.reload(
              changed(
                  "\"" + daemon.address() + "\"", "\"127.0.0.1:" + taken.getLocalPort() + "\""));

      assertThat(said).contains("ERROR").contains("snmp did not change");
      assertThat(said).contains("changed: nothing");
      assertThatItServes();
    }
  }

  @Test
  void anotherAddressIsServed() {
    String other = "127.0.0.1:" + ThisMachine.freeUdpPort();

    daemon.reload(changed("\"" + daemon.address() + "\"", "\"" + other + "\""));

    assertThat(daemon.snmp().by(other).get("VCPU-ACCT-MIB::vaAgentSteps.0").isPresent()).isTrue();
    assertThat(daemon.snmp().tryGet("VCPU-ACCT-MIB::vaAgentSteps.0").status()).isNotZero();
  }

  @Test
  void whatNeedsARestartIsNamed() {
    String said = daemon.reload(changed("best-tier = \"exact\"", "best-tier = \"sampled\""));

    assertThat(said).contains("WARN").contains("needs a restart").contains("agent.best-tier");
    assertThat(said).contains("changed: nothing");
    assertThatItServes();
  }

  /** A connection to the daemon's HTTP server that is used for several requests. */
  private static final class KeptConnection implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader in;
    private final String address;

    KeptConnection(String address) throws IOException {
      int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
      this.address = address;
      this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
      this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    }

    /** Asks for the page's icon by HEAD; the answer's first line. */
    String status() throws IOException {
      String request = "HEAD /icon.svg HTTP/1.1\r\nHost: " + address + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      String status = in.readLine();
      String header = in.readLine();
      while (header != null && !header.isEmpty()) {
        header = in.readLine();
      }
      return status;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
