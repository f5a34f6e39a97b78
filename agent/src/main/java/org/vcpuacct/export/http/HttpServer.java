package org.vcpuacct.export.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves resources over HTTP/1.1, on a TCP address and on a Unix-domain socket. Threads, memory,
 * time and connections are bounded, the last for each of the two by itself: whoever floods the one
 * does not lock the other.
 */
public final class HttpServer implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** Answers are made from memory and sent without waiting: few threads serve many. */
  private static final int MAX_THREADS = 8;

  private static final int MIN_THREADS = 3;
  private static final int THREAD_IDLE_MS = 10_000;

  private static final int MAX_CONNECTIONS = 256;
  private static final int BACKLOG = 128;

  /** Not a multiple of what scrapers wait between scrapes, such as 10, 15 and 30 s. */
  private static final long MAX_SILENCE_NS = TimeUnit.SECONDS.toNanos(25);

  private static final long WATCH_MS = 500;

  private static final int REQUEST_HEAD_OCTETS = 8 * 1024;
  private static final int RESPONSE_HEAD_OCTETS = 2 * 1024;
  private static final long WAITING_OCTETS = 16 * 1024 * 1024;

  private final Server server;
  private final long maxSilenceNs;
  private final List<ConnectionLimits> limits = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();

  private HttpServer(List<Resource> resources, long maxSilenceNs) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS, THREAD_IDLE_MS);
    threads.setName("http");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    this.server = new Server(threads, new ScheduledExecutorScheduler("http-timer", true), null);
    this.maxSilenceNs = maxSilenceNs;
    server.setErrorHandler(new MalformedRequests());
    server.setHandler(new ResourceHandler(resources, new Responses(WAITING_OCTETS)));
  }

  /**
   * Starts to serve.
   *
   * @throws HttpServerException if it cannot listen where it shall
   */
  public static HttpServer start(HttpSettings settings, List<Resource> resources)
      throws HttpServerException {
    return start(settings, resources, MAX_SILENCE_NS);
  }

  /**
   * The same, with another bound of time.
   *
   * @param maxSilenceNs longest time in which a connection may get no answer, ns
   */
  static HttpServer start(HttpSettings settings, List<Resource> resources, long maxSilenceNs)
      throws HttpServerException {
    HttpServer http = new HttpServer(resources, maxSilenceNs);
    try {
      if (settings.listen().isPresent()) {
        http.listen(settings.listen().get());
      }
      http.listen(settings);
      http.watch();
      return http;
    } catch (HttpServerException e) {
      http.close();
      throw e;
    }
  }

  private void listen(InetSocketAddress address) throws HttpServerException {
    ServerConnector connector = new ServerConnector(server, 0, 1, protocol());
    connector.setHost(address.getAddress().getHostAddress());
    connector.setPort(address.getPort());
    connector.setAcceptQueueSize(BACKLOG);
    try {
      connector.open();
    } catch (IOException e) {
      throw new HttpServerException(
          "on TCP "
              + text(address)
              + ": "
              + e.getCause().getMessage()
              + "; choose an address of this host and a port that is free (http.listen)",
          e);
    }
    add(connector);
    addresses.add(
        "TCP " + text(new InetSocketAddress(address.getAddress(), connector.getLocalPort())));
  }

  private void listen(HttpSettings settings) throws HttpServerException {
    SocketFile file = new SocketFile(settings.socket());
    file.makeRoom();
    UnixDomainServerConnector connector = new UnixDomainServerConnector(server, 0, 1, protocol());
    connector.setUnixDomainPath(settings.socket());
    connector.setAcceptQueueSize(BACKLOG);
    add(connector);
    try {
      server.start();
    } catch (Exception e) {
      throw file.notMade(e);
    }
    file.admit(settings.group());
    addresses.add(settings.socket().toString());
  }

  private static HttpConnectionFactory protocol() {
    HttpConfiguration protocol = new HttpConfiguration();
    protocol.setRequestHeaderSize(REQUEST_HEAD_OCTETS);
    protocol.setResponseHeaderSize(RESPONSE_HEAD_OCTETS);
    protocol.setSendServerVersion(false);
    return new HttpConnectionFactory(protocol);
  }

  private void add(AbstractConnector connector) {
    ConnectionLimits own = new ConnectionLimits(MAX_CONNECTIONS, maxSilenceNs);
    connector.addBean(own);
    limits.add(own);
    server.addConnector(connector);
  }

  private void watch() {
    limits.forEach(ConnectionLimits::dropSilent);
    server.getScheduler().schedule(this::watch, WATCH_MS, TimeUnit.MILLISECONDS);
  }

  private static String text(InetSocketAddress address) {
    return address.toString().replaceFirst("^.*/", "");
  }

  /** Ends all connections, and removes the socket. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("the HTTP server does not end as it should: {}", e.toString());
    }
  }

  /** Where it listens. */
  @Override
  public String toString() {
    return "HTTP on " + String.join(" and ", addresses);
  }
}
