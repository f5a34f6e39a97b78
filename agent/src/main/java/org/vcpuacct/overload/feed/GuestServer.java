package org.vcpuacct.overload.feed;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.kernel.VsockConnection;
import org.vcpuacct.kernel.VsockServer;
import org.vcpuacct.ledger.Snapshot;

/** The stream for guests, over AF_VSOCK. One thread serves all and never waits for one of them. */
final class GuestServer implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(GuestServer.class);

  private final VsockServer server;
  private final GuestReaders<VsockConnection> readers;
  private final AtomicReference<Snapshot> published = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "overload-vsock");
  private boolean accepting = true;
  private volatile boolean stopped;

  private GuestServer(VsockServer server, LongSupplier monotonicNs) {
    this.server = server;
    this.readers = new GuestReaders<>(monotonicNs);
  }

  /** Binds a port of AF_VSOCK. */
  static GuestServer bind(int port, LongSupplier monotonicNs) throws FeedException {
    try {
      return new GuestServer(VsockServer.listen(port), monotonicNs);
    } catch (IOException e) {
      throw new FeedException(
          "overload.feed.vsock-port " + port + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Begins to serve. */
  void start() {
    thread.start();
  }

  /** Has the guests told of a snapshot; does not wait. */
  void publish(Snapshot snapshot) {
    published.set(snapshot);
    server.wakeUp();
  }

  private void run() {
    try {
      while (!stopped) {
        List<VsockConnection> connections = readers.connections();
        connections.forEach(one -> one.want(readers.isHeard(one), readers.isWaiting(one)));
        server.await(connections, accepting);
        connections.stream().filter(VsockConnection::isReady).forEach(this::serve);
        accept();
        tellAll();
      }
    } catch (IOException e) {
      LOG.error("guests are not served any more: {}", e.getMessage());
    } finally {
      readers.dropAll();
    }
  }

  private void serve(VsockConnection connection) {
    if (readers.isHeard(connection)) {
      readers.receive(connection);
    } else {
      readers.send(connection);
    }
  }

  private void accept() {
    try {
      for (Optional<VsockConnection> guest = server.accept();
          guest.isPresent();
          guest = server.accept()) {
        readers.admit(guest.get(), guest.get().peerCid());
      }
    } catch (IOException e) {
      // Such as too many open files: who waits is let in after the next step.
      LOG.warn("no guest is let in to the load-shedding input: {}", e.getMessage());
      accepting = false;
    }
  }

  private void tellAll() {
    Snapshot snapshot = published.getAndSet(null);
    if (snapshot != null) {
      readers.tell(snapshot);
      accepting = true;
    }
  }

  /** Drops all guests and waits for that. */
  @Override
  public void close() {
    stopped = true;
    server.wakeUp();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
  }
}
