package org.vcpuacct.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Asks the running daemon, by HTTP/1.1 over its Unix-domain socket, which the JDK's own client
 * cannot. Each question has a connection of its own and is bounded in time and in size.
 */
public final class DaemonClient {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Some ten times what a host with 4,096 vCPUs has to say. */
  static final int MAX_ANSWER_OCTETS = 256 * 1024 * 1024;

  private static final int FIRST_BUFFER_OCTETS = 64 * 1024;

  private final Path socket;
  private final Duration timeout;

  /**
   * A client of one daemon.
   *
   * @param socket the daemon's {@code http.socket}
   */
  public DaemonClient(Path socket) {
    this(socket, TIMEOUT);
  }

  DaemonClient(Path socket, Duration timeout) {
    this.socket = socket;
    this.timeout = timeout;
  }

  /**
   * What the daemon serves under a path.
   *
   * @param path from the root, as in docs/http.md
   * @param parameters of the query, by name
   * @return the content
   * @throws DaemonException if there is none: the daemon is down, does not let this user in, has
   *     nothing there, or does not answer in time
   */
  public byte[] get(String path, Map<String, String> parameters) throws DaemonException {
    return DaemonAnswer.content(exchange(request(path, parameters)), socket);
  }

  private static ByteBuffer request(String path, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(joining("&"));
    String target = query.isEmpty() ? path : path + "?" + query;
    return US_ASCII.encode(
        "GET "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** Sends a request and receives until the daemon closes. */
  private byte[] exchange(ByteBuffer request) throws DaemonException {
    long endNs = System.nanoTime() + timeout.toNanos();
    try (SocketChannel channel = connect();
        Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
      while (request.hasRemaining()) {
        await(selector, endNs);
        channel.write(request);
      }
      key.interestOps(SelectionKey.OP_READ);
      return receive(channel, selector, endNs);
    } catch (DaemonException e) {
      throw e;
    } catch (IOException e) {
      throw new DaemonException(brokenOff(), e);
    }
  }

  private byte[] receive(SocketChannel channel, Selector selector, long endNs) throws IOException {
    ByteBuffer received = ByteBuffer.allocate(FIRST_BUFFER_OCTETS);
    await(selector, endNs);
    while (channel.read(received) >= 0) {
      if (!received.hasRemaining()) {
        received = larger(received);
      }
      await(selector, endNs);
    }
    return Arrays.copyOf(received.array(), received.position());
  }

  private ByteBuffer larger(ByteBuffer full) throws DaemonException {
    if (full.capacity() >= MAX_ANSWER_OCTETS) {
      throw new DaemonException("what listens on " + socket + " answers without end");
    }
    return ByteBuffer.allocate(full.capacity() * 2).put(full.flip());
  }

  private void await(Selector selector, long endNs) throws IOException {
    long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
    selector.selectedKeys().clear();
    if (leftMs <= 0 || selector.select(leftMs) == 0) {
      throw new DaemonException(
          "the daemon does not answer on " + socket + " within " + timeout.toMillis() + " ms");
    }
  }

  /** What the system says of a refusal is in the user's language; the file tells what it means. */
  private SocketChannel connect() throws DaemonException {
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      if (Files.notExists(socket)) {
        throw new DaemonException(
            "there is no " + socket + ": the daemon does not run, or has another http.socket", e);
      }
      if (!Files.isWritable(socket)) {
        throw new DaemonException(
            "this user may not use " + socket + ": be root, or a member of its group", e);
      }
      throw new DaemonException("nobody listens on " + socket + ": start the daemon", e);
    }
  }

  private String brokenOff() {
    return "the daemon broke off its answer on " + socket;
  }
}
