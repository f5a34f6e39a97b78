package org.vcpuacct.kernel;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A datagram socket of AF_UNIX that the test listens on. */
public final class UnixDatagrams implements Closeable {

  private static final int AF_UNIX = 1;
  private static final int MAX_BYTES = 4096;

  private final SocketCalls sockets = new LinuxSocketCalls();
  private final OwnedFd socket;

  /**
   * Listens.
   *
   * @param name a path that is not there yet, or {@code @NAME}
   */
  public UnixDatagrams(String name) throws IOException {
    socket = new OwnedFd(NativeAccess.systemCalls(), sockets.datagramSocket(AF_UNIX));
    int bound = sockets.bind(socket.number(), UnixDatagramSender.address(name));
    if (bound < 0) {
      throw new KernelException("bind(" + name + ")", -bound);
    }
  }

  /** The next datagram; empty if none has come. */
  public Optional<String> next() {
    NativeBuffer into = NativeBuffer.allocate(MAX_BYTES);
    int count = sockets.receive(socket.number(), into, MAX_BYTES);
    return count < 0
        ? Optional.empty()
        : Optional.of(StandardCharsets.UTF_8.decode(into.bytes().slice(0, count)).toString());
  }

  @Override
  public void close() {
    socket.close();
  }
}
