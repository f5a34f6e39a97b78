package org.vcpuacct.kernel;

import java.io.Closeable;
import java.nio.charset.StandardCharsets;

/**
 * A socket that sends datagrams to one address of AF_UNIX (unix(7)), which Java has streams for
 * only. Not safe for use by two threads.
 */
public final class UnixDatagramSender implements Closeable {

  // struct sockaddr_un, include/uapi/linux/un.h
  private static final int AF_UNIX = 1;
  private static final int NAME_AT = 2;
  private static final int MAX_NAME_BYTES = 108;

  private static final String ABSTRACT = "@";

  private final SocketCalls sockets;
  private final OwnedFd socket;
  private final String name;
  private final NativeBuffer address;

  private UnixDatagramSender(SocketCalls sockets, OwnedFd socket, String name) {
    this.sockets = sockets;
    this.socket = socket;
    this.name = name;
    this.address = address(name);
  }

  /**
   * Opens a socket. Whether anybody listens shows in {@link #send}.
   *
   * @param name an absolute path, or {@code @} and a name of the abstract namespace
   * @throws IllegalArgumentException if it is neither, or longer than an address can be
   * @throws KernelException if the kernel gives no socket
   */
  public static UnixDatagramSender to(String name)
      throws KernelException, NativeUnavailableException {
    return to(NativeAccess.systemCalls(), new LinuxSocketCalls(), name);
  }

  static UnixDatagramSender to(SystemCalls calls, SocketCalls sockets, String name)
      throws KernelException {
    if (!name.startsWith("/") && !name.startsWith(ABSTRACT)) {
      throw new IllegalArgumentException("neither an absolute path nor @NAME: " + name);
    }
    if (encoded(name).length >= MAX_NAME_BYTES) {
      throw new IllegalArgumentException("longer than a socket's address can be: " + name);
    }
    int fd = sockets.datagramSocket(AF_UNIX);
    check("socket(AF_UNIX)", fd);
    return new UnixDatagramSender(sockets, new OwnedFd(calls, fd), name);
  }

  /** The bytes of an address: what follows the name in memory would be part of an abstract one. */
  static NativeBuffer address(String name) {
    byte[] encoded = encoded(name);
    boolean isAbstract = name.startsWith(ABSTRACT);
    NativeBuffer address = NativeBuffer.allocate(NAME_AT + encoded.length + (isAbstract ? 0 : 1));
    address.bytes().putShort(0, (short) AF_UNIX).put(NAME_AT, encoded);
    if (isAbstract) {
      address.bytes().put(NAME_AT, (byte) 0);
    }
    return address;
  }

  private static byte[] encoded(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Sends one datagram, and waits for nobody.
   *
   * @return false if the receiver has no room for it now
   * @throws KernelException if nobody listens, or it cannot be reached
   */
  public boolean send(byte[] message) throws KernelException {
    NativeBuffer buffer = NativeBuffer.allocate(message.length);
    buffer.bytes().put(0, message);
    int sent = sockets.sendTo(socket.number(), buffer, address);
    if (sent == -Errno.EAGAIN) {
      return false;
    }
    check("sendto(" + name + ")", sent);
    return true;
  }

  private static void check(String call, int result) throws KernelException {
    if (result < 0) {
      throw new KernelException(call, -result);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
