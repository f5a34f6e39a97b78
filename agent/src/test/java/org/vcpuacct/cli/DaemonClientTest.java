package org.vcpuacct.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vcpuacct.export.http.Answer;
import org.vcpuacct.export.http.HttpServer;
import org.vcpuacct.export.http.HttpSettings;
import org.vcpuacct.export.http.Query;
import org.vcpuacct.export.http.Resource;

@Timeout(60)
class DaemonClientTest {

  @TempDir private Path folder;

  /** Answers with what it is asked for; a parameter "none" it does not have. */
  private static final class Echo implements Resource {

    @Override
    public String path() {
      return "/echo";
    }

    @Override
    public Set<String> parameters() {
      return Set.of("ne", "none");
    }

    @Override
    public Answer answer(Query query) {
      return query.parameter("none").isPresent()
          ? Answer.of(404, "application/json", "{\"error\":\"there is none\"}".getBytes(UTF_8))
          : Answer.of("text/plain", query.parameter("ne").orElse("").getBytes(UTF_8));
    }
  }

  private Path socket() {
    return folder.resolve("s");
  }

  private HttpServer daemon() throws IOException {
    return HttpServer.start(
        new HttpSettings(Optional.empty(), socket(), Optional.empty()), List.of(new Echo()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "epc", "a b&c=d?/\u00e9%\r\n"})
  void hasWhatTheDaemonServes(String value) throws Exception {
    try (HttpServer daemon = daemon()) {
      assertThat(daemon).hasToString("HTTP on " + socket());
      assertThat(new DaemonClient(socket()).get("/echo", Map.of("ne", value)))
          .asString(UTF_8)
          .isEqualTo(value);
    }
  }

  @Test
  void hasWhatTheDaemonCompresses() throws Exception {
    String large = "x".repeat(4_000);
    try (HttpServer daemon = daemon()) {
      assertThat(daemon).isNotNull();
      assertThat(new DaemonClient(socket()).get("/echo", Map.of("ne", large)))
          .asString(UTF_8)
          .isEqualTo(large);
    }
  }

  @Test
  void saysWhatTheDaemonSays() throws Exception {
    try (HttpServer daemon = daemon()) {
      DaemonClient client = new DaemonClient(socket());
      assertThat(daemon).isNotNull();
      assertThatThrownBy(() -> client.get("/echo", Map.of("none", "1")))
          .isInstanceOf(DaemonException.class)
          .hasMessage("the daemon answers: there is none");
      assertThatThrownBy(() -> client.get("/other", Map.of()))
          .isInstanceOf(DaemonException.class)
          .hasMessage("the daemon answers: nothing is served under this path");
    }
  }

  @Test
  void aDaemonThatDoesNotRunIsSaid() {
    assertThatThrownBy(() -> new DaemonClient(socket()).get("/", Map.of()))
        .isInstanceOf(DaemonException.class)
        .hasMessage(
            "there is no " + socket() + ": the daemon does not run, or has another http.socket");
  }

  @Test
  void aSocketThatADaemonLeftIsSaid() throws Exception {
    try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(socket()));
    }
    assertThat(socket()).exists();
    assertThatThrownBy(() -> new DaemonClient(socket()).get("/", Map.of()))
        .isInstanceOf(DaemonException.class)
        .hasMessage("nobody listens on " + socket() + ": start the daemon");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-x\r\n",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n",
        "HTTP/1.1 200\nContent-Length: 0\n\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx",
      })
  void whatIsNoAnswerIsSaid(String answer) throws Exception {
    try (Closeable other = other(answer)) {
      assertThat(other).isNotNull();
      assertThatThrownBy(() -> new DaemonClient(socket()).get("/", Map.of()))
          .isInstanceOf(DaemonException.class)
          .hasMessage("what listens on " + socket() + " is not the daemon");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      })
  void anAnswerThatIsNotWholeIsSaid(String answer) throws Exception {
    try (Closeable other = other(answer)) {
      assertThat(other).isNotNull();
      assertThatThrownBy(() -> new DaemonClient(socket()).get("/", Map.of()))
          .isInstanceOf(DaemonException.class)
          .hasMessage("the daemon broke off its answer on " + socket());
    }
  }

  @Test
  void isNotHeldUp() throws Exception {
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(socket()));
      assertThatThrownBy(
              () -> new DaemonClient(socket(), Duration.ofMillis(200)).get("/", Map.of()))
          .isInstanceOf(DaemonException.class)
          .hasMessage("the daemon does not answer on " + socket() + " within 200 ms");
    }
  }

  @Test
  void aFileThatIsNoSocketIsSaid() throws Exception {
    Files.createFile(socket());
    assertThatThrownBy(() -> new DaemonClient(socket()).get("/", Map.of()))
        .isInstanceOf(DaemonException.class)
        .hasMessage("nobody listens on " + socket() + ": start the daemon");
  }

  /** Something else that listens: reads a request, answers this and closes. */
  private Closeable other(String answer) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket()));
    Thread thread = new Thread(() -> answerOnce(server, answer), "other");
    thread.start();
    return server;
  }

  private static void answerOnce(ServerSocketChannel server, String answer) {
    try (SocketChannel client = server.accept()) {
      client.read(ByteBuffer.allocate(4096));
      client.write(UTF_8.encode(answer));
    } catch (IOException e) {
      throw new IllegalStateException("the other end did not answer", e);
    }
  }
}
