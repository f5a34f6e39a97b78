package org.vcpuacct.overload.feed;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.ledger.Snapshot;

/**
 * The stream on a Unix-domain socket. One thread serves all readers and never waits for one of
 * them; who publishes waits for none.
 */
final class StreamServer implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamServer.class);

  /** Bounds the descriptors and the memory of the daemon. */
  private static final int MAX_READERS = 4096;

  private static final int BACKLOG = 512;

  private final Selector selector;
  private final SelectionKey acceptor;
  private final OverloadNews news;
  private final AtomicReference<Snapshot> published = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "overload-stream");
  private volatile boolean stopped;

  private StreamServer(ServerSocketChannel channel, LongSupplier monotonicNs) throws IOException {
    this.selector = Selector.open();
    channel.configureBlocking(false);
    this.acceptor = channel.register(selector, SelectionKey.OP_ACCEPT);
    this.news = new OverloadNews(monotonicNs);
  }

  /** Binds the socket, in place of one that an earlier daemon has left. */
  static StreamServer bind(Path socket, LongSupplier monotonicNs) throws IOException {
    Files.deleteIfExists(socket);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
      return new StreamServer(channel, monotonicNs);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Begins to serve. */
  void start() {
    thread.start();
  }

  /** Has the readers told of a snapshot; does not wait. */
  void publish(Snapshot snapshot) {
    published.set(snapshot);
    selector.wakeup();
  }

  private void run() {
    try (selector;
        ServerSocketChannel server = (ServerSocketChannel) acceptor.channel()) {
      while (!stopped) {
        selector.select();
        for (SelectionKey key : List.copyOf(selector.selectedKeys())) {
          serve(server, key);
        }
        selector.selectedKeys().clear();
        tellAll();
      }
      readers().forEach(StreamServer::drop);
    } catch (IOException e) {
      LOG.error("the stream of the load-shedding input has ended: {}", e.toString());
    }
  }

  private void serve(ServerSocketChannel server, SelectionKey key) {
    if (key.equals(acceptor)) {
      accept(server);
    } else if (key.isValid() && key.isReadable()) {
      attend(key, reader -> reader.receive(news));
    } else {
      attend(key, reader -> {});
    }
  }

  private void accept(ServerSocketChannel server) {
    try {
      for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
        add(channel);
      }
    } catch (IOException e) {
      // Such as too many open files: who waits is let in after the next step.
      LOG.warn("no reader is let in to the load-shedding input: {}", e.getMessage());
      acceptor.interestOps(0);
    }
  }

  private void add(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    boolean full = selector.keys().size() > MAX_READERS;
    StreamReader reader = new StreamReader(channel, Optional.empty());
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ, reader);
    if (full) {
      attend(key, refused -> refused.refuse("there are " + MAX_READERS + " readers already"));
    }
  }

  private void tellAll() {
    Snapshot snapshot = published.getAndSet(null);
    if (snapshot == null) {
      return;
    }
    news.update(snapshot);
    readers().forEach(key -> attend(key, reader -> reader.tell(news)));
    acceptor.interestOps(SelectionKey.OP_ACCEPT);
  }

  private List<SelectionKey> readers() {
    return selector.keys().stream().filter(key -> !key.equals(acceptor)).toList();
  }

  /** Something that is done with a reader. */
  private interface Attention {
    void give(StreamReader reader) throws IOException;
  }

  /** Does something with a reader, sends it what it takes, and drops it if that fails. */
  private static void attend(SelectionKey key, Attention attention) {
    StreamReader reader = (StreamReader) key.attachment();
    try {
      attention.give(reader);
      reader.send();
      if (reader.isThrough()) {
        drop(key);
        return;
      }
      key.interestOps(
          (reader.isHeard() ? SelectionKey.OP_READ : 0)
              | (reader.isWaiting() ? SelectionKey.OP_WRITE : 0));
    } catch (IOException e) {
      LOG.debug("a reader of the load-shedding input is dropped: {}", e.getMessage());
      drop(key);
    }
  }

  private static void drop(SelectionKey key) {
    key.cancel();
    try {
      ((StreamReader) key.attachment()).close();
    } catch (IOException e) {
      LOG.debug("closing a reader: {}", e.getMessage());
    }
  }

  /** Drops all readers and waits for that. */
  @Override
  public void close() {
    stopped = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
