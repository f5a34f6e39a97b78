package org.vcpuacct.guest;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A connection to a Unix-domain socket on which nothing waits longer than until a deadline. For one
 * thread.
 */
final class AgentSocket implements Closeable {

  private final Deadline deadline;
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final AnswerReader answers;
  private boolean hasReceived;

  private AgentSocket(
      SocketChannel channel, Selector selector, Deadline deadline, AnswerMemory memory)
      throws ClosedChannelException {
    this.channel = channel;
    this.selector = selector;
    this.key = channel.register(selector, SelectionKey.OP_READ);
    this.deadline = deadline;
    this.answers = new AnswerReader(this::receive, memory, deadline);
  }

  /**
   * Connects. A connection is made or refused at once: Linux never leaves one of a Unix-domain
   * socket pending (net/unix/af_unix.c unix_stream_connect, Linux 6.1).
   *
   * @param deadline for all that is done with the connection
   */
  static AgentSocket connect(Path path, Deadline deadline, AnswerMemory memory) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.configureBlocking(false);
      channel.connect(UnixDomainSocketAddress.of(path));
      return new AgentSocket(channel, Selector.open(), deadline, memory);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Whether the other side has sent anything. */
  boolean hasReceived() {
    return hasReceived;
  }

  /** Sends all of it. */
  void send(byte[] bytes) throws IOException, GuestLoadException, InterruptedException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    channel.write(left);
    while (left.hasRemaining()) {
      await(SelectionKey.OP_WRITE, "the guest agent did not take the question");
      channel.write(left);
    }
  }

  /**
   * What comes before a byte, which is taken away.
   *
   * @throws GuestRefusedException if it is longer than an answer may be
   */
  byte[] receiveUntil(byte end) throws IOException, GuestLoadException, InterruptedException {
    return answers.until(end);
  }

  private void receive(ByteBuffer received)
      throws IOException, GuestLoadException, InterruptedException {
    int count = channel.read(received);
    while (count == 0) {
      await(SelectionKey.OP_READ, hasReceived ? "the answer was not complete" : "no answer");
      count = channel.read(received);
    }
    if (count < 0) {
      throw new GuestNotAnsweringException("the connection was closed before the answer's end");
    }
    hasReceived = true;
  }

  private void await(int operation, String awaited)
      throws IOException, GuestLoadException, InterruptedException {
    key.interestOps(operation);
    selector.select(deadline.leftMs(awaited));
    selector.selectedKeys().clear();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  @Override
  public void close() throws IOException {
    answers.close();
    try {
      channel.close();
    } finally {
      selector.close();
    }
  }
}
