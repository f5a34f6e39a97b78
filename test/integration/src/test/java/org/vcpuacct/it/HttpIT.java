package org.vcpuacct.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the daemon serves over HTTP, and that nobody who asks for it delays a step. */
class HttpIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int BAD_CONFIGURATION = 2;
  private static final int CONNECTIONS = 1_000;
  private static final int SAMPLES = 8;
  private static final long NS_PER_US = 1_000;
  private static final Duration SAMPLE_PAUSE = Duration.ofSeconds(1);
  private static final Duration LATE = Duration.ofMillis(500);

  private static final String REQUEST =
      "GET /api/v1/snapshot HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  private static final Pattern LATENESS = Pattern.compile("\"latenessNs\":(\\d+)");
  private static final Pattern STEPS = Pattern.compile("\"steps\":(\\d+)");

  private final ThisMachine host = new ThisMachine();

  @AfterEach
  void cleanUp() {
    host.close();
  }

  private Daemon daemon() {
    return Daemon.on(host).bestTier("sampled").http().start();
  }

  private static Socket connect(Daemon daemon) throws IOException {
    int port = Integer.parseInt(daemon.httpAddress().replaceFirst(".*:", ""));
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static String exchanged(InputStream in, OutputStream out) throws IOException {
    out.write(REQUEST.getBytes(US_ASCII));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    in.transferTo(answer);
    return answer.toString(UTF_8);
  }

  private static String askTcp(Daemon daemon) {
    try (Socket tcp = connect(daemon)) {
      return exchanged(tcp.getInputStream(), tcp.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String askSocket(Daemon daemon) {
    try (SocketChannel unix = SocketChannel.open(UnixDomainSocketAddress.of(daemon.httpSocket()))) {
      return exchanged(Channels.newInputStream(unix), Channels.newOutputStream(unix));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long figure(Pattern name, String answer) {
    Matcher matcher = name.matcher(answer);
    assertThat(matcher.find()).as(answer).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void bothWaysTellTheNewestSnapshot() {
    try (Daemon daemon = daemon()) {
      String first = askSocket(daemon);
      assertThat(first).startsWith("HTTP/1.1 200 ").contains("\"tier\":\"sampled\"");
      assertThat(daemon.log())
          .contains("HTTP on TCP " + daemon.httpAddress() + " and " + daemon.httpSocket());
      Await.until(
          "a later step over TCP",
          LIMIT,
          () -> figure(STEPS, askTcp(daemon)) > figure(STEPS, first));
      daemon.stop();
      assertThat(Path.of(daemon.httpSocket())).doesNotExist();
    }
  }

  @Test
  void aFloodDelaysNoStepAndDoesNotLockTheSocket() throws IOException {
    List<Socket> flood = new ArrayList<>();
    try (Daemon daemon = daemon()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        flood.add(connect(daemon));
        sendHalf(flood.get(i));
      }
      long latestNs = 0;
      for (int i = 0; i < SAMPLES; i++) {
        Await.sleep(SAMPLE_PAUSE);
        latestNs = Math.max(latestNs, figure(LATENESS, askSocket(daemon)));
      }
      Figures.show("%d connections, latest step %d us late", CONNECTIONS, latestNs / NS_PER_US);
      assertThat(latestNs).isLessThan(LATE.toNanos());
      assertThat(daemon.log()).doesNotContain("ERROR");
    } finally {
      for (Socket half : flood) {
        half.close();
      }
    }
  }

  /** Sends half a request, unless the daemon has refused the connection already. */
  private static void sendHalf(Socket socket) {
    byte[] half = REQUEST.substring(0, REQUEST.length() / 2).getBytes(US_ASCII);
    try {
      socket.getOutputStream().write(half);
    } catch (IOException refused) {
      Figures.show("refused: %s", refused.getMessage());
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      String stateDir = host.newStateDir();
      String config =
          host.put(
              "vcpuacct.conf",
              "[agent]\nstate-dir = \"%s\"\n[snmp]\nlisten = \"%s\"\n"
                  .concat("[http]\nlisten = \"127.0.0.1:%d\"\n")
                  .formatted(stateDir, host.snmpAddress().listen(), port));
      Program.Result refused =
          Program.run(LIMIT, "java", "-jar", Project.JAR.toString(), "run", "--config", config);
      assertThat(refused.status()).isEqualTo(BAD_CONFIGURATION);
      assertThat(refused.err().lines().filter(line -> line.startsWith("vcpuacct: ")))
          .singleElement()
          .asString()
          .startsWith("vcpuacct: cannot serve HTTP on TCP 127.0.0.1:" + port + ": ");
      assertThat(refused.err()).doesNotContain("\tat ");
    }
  }
}
