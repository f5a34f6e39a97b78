package org.vcpuacct.export.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpServerTest {

  private static final String LARGE = "text ".repeat(100_000);

  @TempDir private Path folder;
  private HttpServer server;
  private int port;

  /** A resource that a test makes up. */
  private record Made(String path, Set<String> parameters, Function<Query, Answer> answers)
      implements Resource {

    @Override
    public Answer answer(Query query) {
      return answers.apply(query);
    }
  }

  private static Resource text(String path, String text) {
    return new Made(path, Set.of(), query -> Answer.of("text/plain", text.getBytes(UTF_8)));
  }

  private static final List<Resource> RESOURCES =
      List.of(
          text("/", "page"),
          text("/large", LARGE),
          new Made("/compressed", Set.of(), query -> compressed(LARGE)),
          text("/empty", ""),
          new Made("/picture", Set.of(), query -> Answer.of("image/png", LARGE.getBytes(UTF_8))),
          new Made(
              "/query",
              Set.of("a", "b"),
              query -> Answer.line(200, query.parameters() + " " + query.accept())),
          new Made(
              "/broken",
              Set.of(),
              query -> {
                throw new IllegalStateException("made up by a test");
              }));

  private static Answer compressed(String text) {
    byte[] content = text.getBytes(UTF_8);
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (OutputStream gzip = new FastGzip(octets)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Answer.ofCompressed("text/plain", octets.toByteArray(), content.length);
  }

  private HttpSettings settings(int tcpPort) {
    return new HttpSettings(
        Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), tcpPort)),
        folder.resolve("s"),
        Optional.empty());
  }

  @BeforeEach
  void start() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    server = HttpServer.start(settings(port), RESOURCES);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private <T> HttpResponse<T> ask(
      String method, String target, HttpResponse.BodyHandler<T> content, String... fields)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (fields.length > 0) {
      request.headers(fields);
    }
    return HttpClient.newHttpClient().send(request.build(), content);
  }

  private HttpResponse<String> get(String target, String... fields) throws Exception {
    return ask("GET", target, BodyHandlers.ofString(), fields);
  }

  @Test
  void saysWhereItListens() {
    assertThat(server).hasToString("HTTP on TCP 127.0.0.1:" + port + " and " + folder.resolve("s"));
  }

  @Test
  void servesWhatThereIs() throws Exception {
    HttpResponse<String> answer = get("/");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("page");
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain");
    assertThat(get("/large").body()).isEqualTo(LARGE);
    assertThat(get("/empty").body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/large", "/none", "/broken"})
  void everyAnswerTellsBrowsersToLoadNothingElse(String target) throws Exception {
    HttpResponse<String> answer = get(target);
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none';")
        .contains("frame-ancestors 'none'");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
    assertThat(answer.headers().firstValue("Server")).isEmpty();
  }

  @Test
  void headIsGetWithoutContent() throws Exception {
    HttpResponse<String> answer = ask("HEAD", "/large", BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(LARGE.length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "X"})
  void otherMethodsAreRefused(String method) throws Exception {
    try (RawClient client = new RawClient(port)) {
      assertThat(client.send(method + " / HTTP/1.1\r\nHost: localhost\r\n\r\n").end().all())
          .startsWith("HTTP/1.1 405 ")
          .contains("\r\nAllow: GET, HEAD\r\n")
          .endsWith("\r\n\r\nonly GET and HEAD are served\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /none            | 404 | nothing is served under this path
          /query/          | 404 | nothing is served under this path
          /?x=1            | 400 | there is an unknown parameter; none is known here
          /query?c=1       | 400 | there is an unknown parameter; known here: a, b
          /query?a=1&a=2   | 400 | the parameter a is there more than once
          /query?a=%ff     | 400 | the query is not URL-encoded UTF-8
          /query?a=%zz     | 400 | the query is not URL-encoded UTF-8
          /broken          | 500 | this cannot be answered; the log says why
          """)
  void aRefusalIsOneLine(String target, int status, String line) throws Exception {
    try (RawClient client = new RawClient(port)) {
      String answer =
          client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n").end().all();
      assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
      assertThat(answer).endsWith("\r\n\r\n" + line + "\n");
    }
  }

  @Test
  void aResourceHasItsQuery() throws Exception {
    assertThat(get("/query?b=x%20%C3%A9%26+y", "Accept", "text/plain;q=0.5").body())
        .isEqualTo("{b=x \u00e9& y} Optional[text/plain;q=0.5]\n");
  }

  @ParameterizedTest
  @CsvSource({"gzip, true", "'br, gzip;q=0.1', true", "gzip;q=0, false", "identity, false"})
  void compressesWhatIsTextForThoseWhoTakeIt(String codings, boolean compressed) throws Exception {
    HttpResponse<byte[]> text =
        ask("GET", "/large", BodyHandlers.ofByteArray(), "Accept-Encoding", codings);
    assertThat(text.headers().firstValue("Content-Encoding").isPresent()).isEqualTo(compressed);
    assertThat(text.headers().firstValue("Vary")).contains("Accept-Encoding");
    assertThat(compressed ? decompressed(text.body()) : text.body())
        .asString(UTF_8)
        .isEqualTo(LARGE);
    HttpResponse<byte[]> picture =
        ask("GET", "/picture", BodyHandlers.ofByteArray(), "Accept-Encoding", codings);
    assertThat(picture.headers().firstValue("Content-Encoding")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"gzip, true", "identity, false"})
  void whatIsKeptCompressedIsWholeForEverybody(String coding, boolean compressed) throws Exception {
    HttpResponse<byte[]> text =
        ask("GET", "/compressed", BodyHandlers.ofByteArray(), "Accept-Encoding", coding);
    assertThat(text.headers().firstValue("Content-Encoding").isPresent()).isEqualTo(compressed);
    assertThat(compressed ? decompressed(text.body()) : text.body())
        .asString(UTF_8)
        .isEqualTo(LARGE);
  }

  private static byte[] decompressed(byte[] octets) throws IOException {
    try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(octets))) {
      return stream.readAllBytes();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "LOCALHOST:1, 200",
    "127.0.0.1:9464, 200",
    "127.1.2.3, 200",
    "[::1]:8080, 200",
    "evil.example, 421",
    "evil.example:9464, 421",
    "localhost.evil.example, 421",
    "127.0.0.1.evil.example, 421",
    "192.0.2.1, 421",
  })
  void onLoopbackTheHostMustBeLoopback(String host, int status) throws Exception {
    try (RawClient client = new RawClient(port)) {
      assertThat(client.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").line())
          .startsWith("HTTP/1.1 " + status + " ");
    }
  }

  @Test
  void onlyTheGroupMayUseTheSocket() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("s"))))
        .isEqualTo("rw-rw----");
  }

  @Test
  void aPortThatIsTakenIsSaid() {
    HttpSettings taken =
        new HttpSettings(settings(port).listen(), folder.resolve("other"), Optional.empty());
    assertThatThrownBy(() -> HttpServer.start(taken, RESOURCES))
        .isInstanceOf(HttpServerException.class)
        .hasMessage(
            "cannot serve HTTP on TCP 127.0.0.1:"
                + port
                + ": Address already in use; choose an address of this host and a port that is"
                + " free (http.listen)");
  }

  @Test
  void aSocketThatIsTakenIsSaid() throws Exception {
    assertThatThrownBy(() -> HttpServer.start(onSocket("s"), RESOURCES))
        .isInstanceOf(HttpServerException.class)
        .hasMessageContaining("is another process's; end that, or choose another path");
    assertThat(get("/").body()).isEqualTo("page");
  }

  @Test
  void aFileIsNotTakenForASocket() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "kept");
    assertThatThrownBy(() -> HttpServer.start(onSocket("file"), RESOURCES))
        .isInstanceOf(HttpServerException.class)
        .hasMessageContaining("is there and no socket; choose another path");
    assertThat(file).hasContent("kept");
  }

  @Test
  void aGroupThatIsNotThereIsSaid() {
    HttpSettings settings =
        new HttpSettings(Optional.empty(), folder.resolve("g"), Optional.of("no such group"));
    assertThatThrownBy(() -> HttpServer.start(settings, RESOURCES))
        .isInstanceOf(HttpServerException.class)
        .hasMessageContaining("it cannot be given to its group: there is no group no such group");
    assertThat(folder.resolve("g")).doesNotExist();
  }

  @Test
  void theSocketOfADaemonThatWasKilledIsReplaced() throws Exception {
    try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(folder.resolve("left")));
    }
    try (HttpServer second = HttpServer.start(onSocket("left"), RESOURCES)) {
      assertThat(second).hasToString("HTTP on " + folder.resolve("left"));
    }
    assertThat(folder.resolve("left")).doesNotExist();
  }

  private HttpSettings onSocket(String name) {
    return new HttpSettings(Optional.empty(), folder.resolve(name), Optional.empty());
  }
}
