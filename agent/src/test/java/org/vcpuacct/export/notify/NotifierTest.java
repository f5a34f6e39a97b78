package org.vcpuacct.export.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.export.snmp.EngineState;

/**
 * Notifications of a process that is killed again and again, as net-snmp's snmptrapd receives them.
 *
 * <p>More of them, and more kills: {@code -Dvcpuacct.notify.changes=10000
 * -Dvcpuacct.notify.kills=50}.
 */
@Timeout(1_800)
class NotifierTest {

  private static final int CHANGES = Integer.getInteger("vcpuacct.notify.changes", 300);
  private static final int KILLS = Integer.getInteger("vcpuacct.notify.kills", 2);

  /** A process that is let live for longer tells more than its share of all changes. */
  private static final int MAX_LIFE_MS = 400;

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Pattern SEQUENCE = Pattern.compile("\\.200\\.8\\.1\\.3\\.\\d+ = (\\d+)");

  private final Random random = new Random(3);

  @TempDir private Path dir;

  /** Nobody acknowledges a trap: a manager that is down misses it, so it is not. */
  @ParameterizedTest
  @ValueSource(strings = {"v2c", "v3"})
  void trapsArriveInTheirOrderAndNoneIsLeftOut(String version) throws Exception {
    int port = freePort();
    try (NetSnmpDaemon manager = manager(port)) {
      for (int kill = 0; kill < KILLS; kill++) {
        live("TRAP", version, port);
      }
      finish(manager, "TRAP", version, Integer.toString(port));
    }
  }

  /** The manager is killed and started again too, and is away for whole lives of the process. */
  @ParameterizedTest
  @ValueSource(strings = {"v2c", "v3"})
  void informsArriveInTheirOrderAndNoneIsLeftOut(String version) throws Exception {
    int port = freePort();
    try (NetSnmpDaemon manager = manager(port)) {
      boolean isUp = true;
      for (int kill = 0; kill < KILLS; kill++) {
        live("INFORM", version, port);
        if (isUp) {
          manager.kill();
        } else {
          manager.start();
        }
        isUp = !isUp;
      }
      if (!isUp) {
        manager.start();
      }
      finish(manager, "INFORM", version, Integer.toString(port));
    }
  }

  @ParameterizedTest
  @CsvSource({"trap2sink", "informsink"})
  void theHostsSnmpdSendsThemOn(String sink) throws Exception {
    int port = freePort();
    Path socket = dir.resolve("master");
    try (NetSnmpDaemon manager = manager(port);
        NetSnmpDaemon snmpd = snmpd(socket, sink, port)) {
      for (int kill = 0; kill < KILLS; kill++) {
        live("agentx", socket.toString());
      }
      finish(manager, "agentx", socket.toString());
      assertThat(snmpd.said()).doesNotContain("rror");
    }
  }

  @Test
  void aNotificationIsAsTheMibHasIt() throws Exception {
    int port = freePort();
    try (NetSnmpDaemon manager = manager(port);
        NotifyingProcess process =
            new NotifyingProcess(stateDir(), 1, Stream.of("INFORM", "v2c", "" + port))) {
      awaitAll(manager, 1);
      assertThat(manager.said())
          .contains(
              ".1.3.6.1.6.3.1.1.4.1.0 = .1.3.6.1.4.1.2021.11.200.0.1",
              ".1.3.6.1.4.1.2021.11.200.8.1.5.1 = 1",
              ".1.3.6.1.4.1.2021.11.200.8.1.8.1 = \"mme-1\"",
              ".1.3.6.1.4.1.2021.11.200.8.1.13.1 = 9000",
              ".1.3.6.1.4.1.2021.11.200.8.1.18.1 = \"effective load of mme-1 is 90 %\"");
      assertThat(process).isNotNull();
    }
  }

  private void live(String... to) throws Exception {
    try (NotifyingProcess process = new NotifyingProcess(stateDir(), CHANGES, Stream.of(to))) {
      Thread.sleep(random.nextInt(MAX_LIFE_MS));
      process.kill();
    }
  }

  private void live(String type, String version, int port) throws Exception {
    live(type, version, Integer.toString(port));
  }

  private void finish(NetSnmpDaemon manager, String... to) throws Exception {
    try (NotifyingProcess process = new NotifyingProcess(stateDir(), CHANGES, Stream.of(to))) {
      awaitAll(manager, CHANGES);
      assertThat(process).isNotNull();
    }
    assertInOrder(received(manager));
  }

  private static void awaitAll(NetSnmpDaemon manager, long last) throws Exception {
    long endNs = System.nanoTime() + LIMIT.toNanos();
    while (received(manager).stream().noneMatch(sequence -> sequence == last)) {
      assertThat(System.nanoTime()).as(() -> "number " + last + " has not come").isLessThan(endNs);
      Thread.sleep(100);
    }
  }

  /** What has come is the next one, or one that has come before. */
  private static void assertInOrder(List<Long> received) {
    long last = 0;
    int repeated = 0;
    for (long sequence : received) {
      assertThat(sequence).as("behind %d", last).isLessThanOrEqualTo(last + 1);
      repeated += sequence <= last ? 1 : 0;
      last = Math.max(last, sequence);
    }
    assertThat(last).isEqualTo(CHANGES);
    System.out.printf("figure: %d received, %d of them twice%n", received.size(), repeated);
  }

  private static List<Long> received(NetSnmpDaemon manager) throws IOException {
    List<Long> sequences = new ArrayList<>();
    Matcher matcher = SEQUENCE.matcher(manager.said());
    while (matcher.find()) {
      sequences.add(Long.parseLong(matcher.group(1)));
    }
    return sequences;
  }

  private NetSnmpDaemon manager(int port) throws Exception {
    String engine = EngineState.boot(stateDir(), true).engineId().toHexString().replace(":", "");
    String user =
        "nms SHA-256 \"%s\" AES \"%s\""
            .formatted(NotifyingProcess.PASSWORD, NotifyingProcess.PASSWORD);
    String config =
        """
        snmpTrapdAddr udp:127.0.0.1:%d
        authCommunity log public
        createUser -e 0x%s %s
        createUser %s
        authUser log nms
        doNotRetainNotificationLogs yes
        """
            .formatted(port, engine, user, user);
    return new NetSnmpDaemon(
        dir.resolve("snmptrapd"), "snmptrapd", config, List.of("-OnQ", "-F", "%v\\n"));
  }

  private NetSnmpDaemon snmpd(Path socket, String sink, int port) throws Exception {
    String config =
        """
        master agentx
        agentXSocket %s
        agentAddress udp:127.0.0.1:%d
        rocommunity public 127.0.0.1
        %s 127.0.0.1 public %d
        """
            .formatted(socket, freePort(), sink, port);
    return new NetSnmpDaemon(dir.resolve("snmpd"), "snmpd", config, List.of("-I", "-smux"));
  }

  private Path stateDir() throws IOException {
    return Files.createDirectories(dir.resolve("state"));
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
