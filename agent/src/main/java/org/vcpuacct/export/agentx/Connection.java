package org.vcpuacct.export.agentx;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A connection to the master, for one thread. It waits in a selector and nowhere else, so that
 * {@link Selector#wakeup()} ends every wait. What it holds is bounded in both directions.
 */
final class Connection implements AutoCloseable {

  private static final int INITIAL_OCTETS = 1 << 14;

  /** Answers that a master leaves unread before it is taken for hung. */
  private static final int MAX_UNSENT_OCTETS = 4 * Header.MAX_PAYLOAD_OCTETS;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
  private long unsentOctets;
  private ByteBuffer received = ByteBuffer.allocate(INITIAL_OCTETS);

  private Connection(SocketChannel channel, Selector selector) throws IOException {
    this.channel = channel;
    this.selector = selector;
    channel.configureBlocking(false);
    this.key = channel.register(selector, 0);
  }

  /**
   * Connects to a master.
   *
   * @param master a {@link UnixDomainSocketAddress} or a resolved {@link InetSocketAddress}
   * @param selector in which this connection's thread waits
   * @param limitNs the longest to wait, ns
   * @throws IOException if nobody listens there, or nobody answers in time
   */
  static Connection open(SocketAddress master, Selector selector, long limitNs) throws IOException {
    SocketChannel channel = channelFor(master);
    try {
      Connection connection = new Connection(channel, selector);
      connection.connect(master, limitNs);
      return connection;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Sends a PDU as far as the master takes it now; the rest follows while this one receives. */
  void send(ByteBuffer pdu) throws IOException {
    unsent.add(pdu);
    unsentOctets += pdu.remaining();
    flush();
    if (unsentOctets > MAX_UNSENT_OCTETS) {
      throw new IOException("it does not read what it is sent");
    }
  }

  /**
   * Waits until a PDU has come; empty if none has come in time, or the wait was ended before.
   *
   * @param limitNs the longest to wait, ns
   * @throws MalformedPduException if what has come is none
   * @throws IOException if the connection is lost
   */
  Optional<MasterPdu> receive(long limitNs) throws IOException {
    Optional<MasterPdu> waiting = nextReceived();
    if (waiting.isPresent()) {
      return waiting;
    }
    await(SelectionKey.OP_READ | (unsent.isEmpty() ? 0 : SelectionKey.OP_WRITE), limitNs);
    flush();
    if (channel.read(received) < 0) {
      throw new EOFException("it has closed the connection");
    }
    return nextReceived();
  }

  @Override
  public void close() throws IOException {
    channel.close();
    selector.selectNow(); // the descriptor goes only when its key is gone from the selector
  }

  private static SocketChannel channelFor(SocketAddress master) throws IOException {
    if (master instanceof UnixDomainSocketAddress) {
      return SocketChannel.open(StandardProtocolFamily.UNIX);
    }
    // A PDU is one write and somebody waits for it: it is not to wait for others.
    return SocketChannel.open().setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  private void connect(SocketAddress master, long limitNs) throws IOException {
    if (channel.connect(master)) {
      return;
    }
    await(SelectionKey.OP_CONNECT, limitNs);
    if (!channel.finishConnect()) {
      throw new SocketTimeoutException("it does not take the connection");
    }
  }

  private void await(int operations, long limitNs) throws IOException {
    key.interestOps(operations);
    // Rounded up: a limit of less than a millisecond must not become a busy loop, nor 0 for ever.
    selector.select(Math.max(0, TimeUnit.NANOSECONDS.toMillis(limitNs)) + 1);
    selector.selectedKeys().clear();
  }

  private void flush() throws IOException {
    while (!unsent.isEmpty()) {
      unsentOctets -= channel.write(unsent.peek());
      if (unsent.peek().hasRemaining()) {
        return;
      }
      unsent.remove();
    }
  }

  private Optional<MasterPdu> nextReceived() throws MalformedPduException {
    received.flip();
    int wanted = Header.OCTETS;
    if (received.remaining() >= wanted) {
      wanted += Header.payloadOctets(received);
    }
    if (received.remaining() < wanted) {
      received.compact();
      makeRoomFor(wanted);
      return Optional.empty();
    }
    MasterPdu pdu = MasterPdu.read(received.slice(received.position(), wanted));
    received.position(received.position() + wanted);
    received.compact();
    return Optional.of(pdu);
  }

  private void makeRoomFor(int octets) {
    if (received.capacity() < octets) {
      received = ByteBuffer.allocate(octets).put(received.flip());
    }
  }
}
