package org.vcpuacct.export.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients can do to the server: each is bounded, and afterwards it serves as before. */
@Timeout(120)
class HttpServerBoundsTest {

  private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String GET_LAST =
      "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  private static final String GET_LARGE = "GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String ALIVE = "alive";

  private static final int LARGE_OCTETS = 8 * 1024 * 1024;
  private static final long MAX_SILENCE_NS = TimeUnit.SECONDS.toNanos(1);

  /** Those that serve, and the timer. */
  private static final int MAX_THREADS = 9;

  @TempDir private Path folder;
  private HttpServer server;
  private int port;

  private static Resource resource(String path, String text) {
    return new Resource() {
      @Override
      public String path() {
        return path;
      }

      @Override
      public Answer answer(Query query) {
        return Answer.of("text/plain", text.getBytes(UTF_8));
      }
    };
  }

  @BeforeEach
  void start() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    HttpSettings settings =
        new HttpSettings(
            Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
            folder.resolve("s"),
            Optional.empty());
    List<Resource> resources =
        List.of(resource("/", ALIVE), resource("/large", "x".repeat(LARGE_OCTETS)));
    server = HttpServer.start(settings, resources, MAX_SILENCE_NS);
  }

  @AfterEach
  void servesAsBefore() throws IOException {
    try (RawClient client = new RawClient(port)) {
      assertThat(client.send(GET_LAST).all()).startsWith("HTTP/1.1 200 ").endsWith(ALIVE);
    }
    assertThat(threads()).isLessThanOrEqualTo(MAX_THREADS);
    server.close();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("http"))
        .filter(thread -> !thread.getName().startsWith("HttpClient"))
        .count();
  }

  private String answerTo(String request) throws IOException {
    try (RawClient client = new RawClient(port)) {
      return client.send(request).end().all();
    }
  }

  @Test
  void aHeadThatIsTooLongIsRefused() throws IOException {
    String field = "X: " + "y".repeat(9_000);
    assertThat(answerTo("GET / HTTP/1.1\r\nHost: localhost\r\n" + field + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431 ")
        .contains("Content-Security-Policy: default-src 'none'");
  }

  @Test
  void manyFieldsAreRefused() throws IOException {
    String fields = "X-Field: yes\r\n".repeat(1_000);
    assertThat(answerTo("GET / HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n"))
        .startsWith("HTTP/1.1 431 ");
  }

  @Test
  void aTargetThatIsTooLongIsRefused() throws IOException {
    assertThat(answerTo("GET /" + "y".repeat(9_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 414 ");
  }

  @Test
  void aHeadWithoutEndIsCutShort() throws IOException {
    try (RawClient client = new RawClient(port)) {
      String told = sendUntilRefused(client);
      assertThat(told)
          .satisfiesAnyOf(
              text -> assertThat(text).isEmpty(), text -> assertThat(text).contains(" 431 "));
    }
  }

  /** Sends a head for as long as it is taken: what the kernel buffers, and no more. */
  private static String sendUntilRefused(RawClient client) throws IOException {
    client.send("GET / HTTP/1.1\r\n");
    for (int i = 0; i < 100_000; i++) {
      try {
        client.send("X-" + i + ": " + "y".repeat(1_000) + "\r\n");
      } catch (IOException e) {
        return client.all();
      }
    }
    throw new AssertionError("100 MB of a head were taken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\nX\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\n folded\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /%2e%2e/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n",
      })
  void whatIsNoRequestForUsIsRefusedInOneLine(String request) throws IOException {
    String answer = answerTo(request);
    assertThat(answer).matches("(?s)HTTP/1\\.1 (4|5)\\d\\d .*");
    String content = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    assertThat(content.lines()).hasSizeLessThanOrEqualTo(1);
    assertThat(answer).doesNotContain("Jetty").doesNotContain("jetty").doesNotContain("<h");
  }

  @Test
  void garbageIsDropped() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      byte[] octets = new byte[random.nextInt(2_000)];
      random.nextBytes(octets);
      String answer = answerTo(new String(octets, ISO_8859_1));
      assertThat(answer).doesNotContain(" 200 ");
    }
  }

  @Test
  void halfARequestIsDropped() throws IOException {
    for (int length = 0; length < GET.length(); length++) {
      assertThat(answerTo(GET.substring(0, length))).doesNotContain(ALIVE);
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
    String answers = answerTo(GET + GET.replace("/ ", "/none ") + GET_LAST);
    assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(4);
    assertThat(answers.indexOf("404 "))
        .isBetween(answers.indexOf("200 "), answers.lastIndexOf("200 "));
  }

  @Test
  void aRequestWithContentIsAnsweredWithoutWaitingForIt() throws IOException {
    try (RawClient client = new RawClient(port)) {
      client.send("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n");
      assertThat(client.all()).startsWith("HTTP/1.1 200 ").endsWith(ALIVE);
    }
  }

  @Test
  void whoSendsSlowlyIsDropped() throws Exception {
    try (RawClient client = new RawClient(port)) {
      long beganNs = System.nanoTime();
      assertThat(sendSlowly(client)).doesNotContain(ALIVE);
      assertThat(System.nanoTime() - beganNs).isLessThan(10 * MAX_SILENCE_NS);
    }
  }

  /** A field each 50 ms, until the server has enough of it. */
  private static String sendSlowly(RawClient client) throws Exception {
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n");
    for (int i = 0; i < 400; i++) {
      try {
        client.send("X: y\r\n");
      } catch (IOException e) {
        return client.all();
      }
      Thread.sleep(50);
    }
    throw new AssertionError("a head of twenty seconds was waited for");
  }

  @Test
  void whoReadsSlowlyIsDropped() throws Exception {
    try (RawClient client = new RawClient(port)) {
      client.send(GET_LARGE);
      Thread.sleep(TimeUnit.NANOSECONDS.toMillis(3 * MAX_SILENCE_NS));
      assertThat(client.all().length()).isLessThan(LARGE_OCTETS);
    }
  }

  @Test
  void whoAsksNoMoreIsDropped() throws Exception {
    try (RawClient client = new RawClient(port)) {
      long beganNs = System.nanoTime();
      assertThat(client.send(GET).all()).endsWith(ALIVE);
      assertThat(System.nanoTime() - beganNs).isLessThan(10 * MAX_SILENCE_NS);
    }
  }

  @Test
  void whoAsksAgainInTimeIsNot() throws Exception {
    try (RawClient client = new RawClient(port)) {
      for (int i = 0; i < 5; i++) {
        client.send(GET);
        Thread.sleep(TimeUnit.NANOSECONDS.toMillis(MAX_SILENCE_NS / 2));
      }
      assertThat(client.send(GET_LAST).all().split("HTTP/1.1 200 ", -1)).hasSize(7);
    }
  }

  @Test
  void aThousandConnectionsAreServedOrRefusedAtOnce() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 1_000; i++) {
        clients.add(new RawClient(port));
      }
      int served = 0;
      for (RawClient client : clients) {
        served += isServed(client) ? 1 : 0;
      }
      assertThat(served).isPositive();
      assertThat(threads()).isLessThanOrEqualTo(MAX_THREADS);
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private static boolean isServed(RawClient client) {
    try {
      String line = client.send(GET_LAST).line();
      return line != null && line.startsWith("HTTP/1.1 200 ");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void manyLargeAnswersAtOnceAreRefusedInPart() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        clients.add(new RawClient(port).send(GET_LARGE));
      }
      List<String> states = new ArrayList<>();
      for (RawClient client : clients) {
        states.add(client.line());
      }
      assertThat(states).contains("HTTP/1.1 200 OK", "HTTP/1.1 503 Service Unavailable");
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }
}
