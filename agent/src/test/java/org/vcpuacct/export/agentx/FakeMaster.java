package org.vcpuacct.export.agentx;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A master that does what a test has it do, and answers nothing by itself. */
final class FakeMaster implements AutoCloseable {

  static final int SESSION = 0x0A0B0C0D;

  private static final int OPEN = 1;
  private static final int RESPONSE = 18;

  private final ServerSocketChannel server;

  private FakeMaster(ServerSocketChannel server) {
    this.server = server;
  }

  static FakeMaster on(SocketAddress address) throws IOException {
    ServerSocketChannel server =
        address instanceof UnixDomainSocketAddress
            ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            : ServerSocketChannel.open();
    server.bind(address);
    return new FakeMaster(server);
  }

  /** Where it listens. */
  SocketAddress address() throws IOException {
    return server.getLocalAddress();
  }

  /** The next subagent that connects. */
  Subagent accept() throws IOException {
    return new Subagent(server.accept());
  }

  /** The next subagent that connects, with its session opened at a sysUpTime. */
  Subagent acceptSession(long sysUpTimeTicks) throws IOException {
    Subagent subagent = accept();
    Pdu open = subagent.next(OPEN);
    subagent.answer(open, sysUpTimeTicks, 0);
    return subagent;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** What a subagent has sent, with its payload in network byte order. */
  record Pdu(int type, int flags, int session, int transaction, int packet, ByteBuffer payload) {

    /** The context and what follows it, as a text. */
    String context() {
      if ((flags & 0x08) == 0) {
        return "";
      }
      byte[] octets = new byte[payload.getInt()];
      payload.get(octets);
      payload.position((payload.position() + 3) / 4 * 4);
      return new String(octets, StandardCharsets.UTF_8);
    }

    /** An object identifier, as a text. */
    String oid() {
      int components = payload.get();
      int prefix = Byte.toUnsignedInt(payload.get());
      payload.getShort();
      StringBuilder text = new StringBuilder(prefix == 0 ? "" : ".1.3.6.1." + prefix);
      for (int i = 0; i < components; i++) {
        text.append('.').append(Integer.toUnsignedString(payload.getInt()));
      }
      return text.isEmpty() ? "" : text.substring(1);
    }

    /** Of a Response. */
    int error() {
      return payload.getShort(4);
    }
  }

  /** The connection of one subagent. */
  static final class Subagent implements AutoCloseable {

    private final SocketChannel channel;

    private Subagent(SocketChannel channel) {
      this.channel = channel;
    }

    /** The next PDU. */
    Pdu next() throws IOException {
      ByteBuffer header = read(20);
      int type = header.get(1);
      int flags = header.get(2);
      int octets = header.getInt(16);
      return new Pdu(
          type, flags, header.getInt(4), header.getInt(8), header.getInt(12), read(octets));
    }

    /** The next PDU, which must be of this type. */
    Pdu next(int type) throws IOException {
      Pdu pdu = next();
      if (pdu.type() != type) {
        throw new AssertionError("type " + pdu.type() + " and not " + type);
      }
      return pdu;
    }

    /** What a subagent says to a request. */
    Pdu ask(ByteBuffer request) throws IOException {
      send(request);
      return next(RESPONSE);
    }

    void answer(Pdu question, long sysUpTimeTicks, int error) throws IOException {
      send(
          Octets.bigEndian()
              .u32(sysUpTimeTicks)
              .u16(error)
              .u16(0)
              .pdu(RESPONSE, 0, SESSION, question.transaction(), question.packet()));
    }

    /** Says yes to a number of registrations, or of their ends, and names them. */
    String[] grant(int type, int count) throws IOException {
      String[] granted = new String[count];
      for (int i = 0; i < count; i++) {
        Pdu pdu = next(type);
        String context = pdu.context();
        pdu.payload().getInt();
        granted[i] = context + " " + pdu.oid();
        answer(pdu, 0, 0);
      }
      return granted;
    }

    void send(ByteBuffer octets) throws IOException {
      while (octets.hasRemaining()) {
        channel.write(octets);
      }
    }

    /** Whether the subagent has ended the connection, with nothing more to say. */
    boolean hasEnded() throws IOException {
      return channel.read(ByteBuffer.allocate(1)) < 0;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }

    private ByteBuffer read(int octets) throws IOException {
      ByteBuffer read = ByteBuffer.allocate(octets);
      while (read.hasRemaining()) {
        if (channel.read(read) < 0) {
          throw new EOFException("the subagent has closed the connection");
        }
      }
      return read.flip();
    }
  }
}
