package org.vcpuacct.kernel;

import java.io.Closeable;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.Optional;

/**
 * A port of AF_VSOCK (vsock(7), Linux 4.8) that guests of this host connect to. All its calls are
 * for one thread, but {@link #wakeUp}.
 */
public final class VsockServer implements Closeable {

  // struct sockaddr_vm, include/uapi/linux/vm_sockets.h
  private static final int AF_VSOCK = 40;
  private static final int ADDRESS_BYTES = 16;
  private static final int PORT_AT = 4;
  private static final int CID_AT = 8;
  private static final int CID_ANY = -1;
  private static final int BACKLOG = 128;

  private static final int POLL_FD_BYTES = 8;
  private static final int EVENTS_AT = 4;
  private static final int REVENTS_AT = 6;
  private static final short POLLIN = 1;
  private static final short POLLOUT = 4;
  private static final int IGNORED = -1;
  private static final int FOR_EVER = -1;
  private static final int EINTR = 4;

  /** The eventfd and the server's own socket come before the connections. */
  private static final int OWN_FDS = 2;

  private static final int SCRATCH_BYTES = 8192;

  private final SystemCalls calls;
  private final SocketCalls sockets;
  private final OwnedFd socket;
  private final OwnedFd event;
  private final NativeBuffer peer = NativeBuffer.allocate(ADDRESS_BYTES);
  private final NativeBuffer peerBytes = NativeBuffer.allocate(Integer.BYTES);
  private final NativeBuffer eventCount = NativeBuffer.allocate(Long.BYTES);
  private final NativeBuffer one = NativeBuffer.allocate(Long.BYTES);
  private final NativeBuffer scratch = NativeBuffer.allocate(SCRATCH_BYTES);
  private NativeBuffer pollFds = NativeBuffer.allocate(64 * POLL_FD_BYTES);

  private VsockServer(SystemCalls calls, SocketCalls sockets, OwnedFd socket, OwnedFd event) {
    this.calls = calls;
    this.sockets = sockets;
    this.socket = socket;
    this.event = event;
    this.one.bytes().putLong(0, 1);
  }

  /**
   * Listens.
   *
   * @param port as in vsock(7)
   * @throws KernelException if the kernel has no AF_VSOCK, or the port is in use
   */
  public static VsockServer listen(int port) throws KernelException, NativeUnavailableException {
    return listen(NativeAccess.systemCalls(), new LinuxSocketCalls(), port);
  }

  static VsockServer listen(SystemCalls calls, SocketCalls sockets, int port)
      throws KernelException {
    OwnedFd socket = own(calls, "socket(AF_VSOCK)", sockets.socket(AF_VSOCK));
    try {
      NativeBuffer address = NativeBuffer.allocate(ADDRESS_BYTES);
      address.bytes().order(ByteOrder.nativeOrder());
      address.bytes().putShort(0, (short) AF_VSOCK);
      address.bytes().putInt(PORT_AT, port).putInt(CID_AT, CID_ANY);
      check("bind(vsock port " + port + ")", sockets.bind(socket.number(), address));
      check("listen(vsock port " + port + ")", sockets.listen(socket.number(), BACKLOG));
      return new VsockServer(calls, sockets, socket, own(calls, "eventfd", sockets.eventfd()));
    } catch (KernelException e) {
      socket.close();
      throw e;
    }
  }

  private static OwnedFd own(SystemCalls calls, String call, int fd) throws KernelException {
    check(call, fd);
    return new OwnedFd(calls, fd);
  }

  private static void check(String call, int result) throws KernelException {
    if (result < 0) {
      throw new KernelException(call, -result, remedy(-result));
    }
  }

  private static String remedy(int errno) {
    return errno == Errno.EAFNOSUPPORT
        ? "modprobe vhost_vsock, and let the systemd unit have AF_VSOCK, see docs/security.md"
        : "";
  }

  /** The next guest that waits to be let in; empty if none does. */
  public Optional<VsockConnection> accept() throws KernelException {
    peerBytes.bytes().putInt(0, ADDRESS_BYTES);
    int fd = sockets.accept(socket.number(), peer, peerBytes);
    if (fd == -Errno.EAGAIN) {
      return Optional.empty();
    }
    check("accept(vsock)", fd);
    long cid = Integer.toUnsignedLong(peer.bytes().getInt(CID_AT));
    return Optional.of(new VsockConnection(sockets, new OwnedFd(calls, fd), scratch, cid));
  }

  /**
   * Waits until there is something to do: a guest that waits to be let in, a connection that can be
   * read, or written if it wants that, or {@link #wakeUp}. Afterwards the connections know.
   *
   * @param accepting whether guests may be let in now
   */
  public void await(Collection<VsockConnection> connections, boolean accepting)
      throws KernelException {
    int count = OWN_FDS + connections.size();
    if (pollFds.size() < count * POLL_FD_BYTES) {
      pollFds = NativeBuffer.allocate(2 * count * POLL_FD_BYTES);
    }
    put(0, event.number(), POLLIN);
    put(1, socket.number(), accepting ? POLLIN : 0);
    int next = OWN_FDS;
    for (VsockConnection connection : connections) {
      int events = (connection.isHeard() ? POLLIN : 0) | (connection.isToWrite() ? POLLOUT : 0);
      put(next++, connection.fd(), events);
    }
    int ready = calls.poll(pollFds, count, FOR_EVER);
    if (ready != -EINTR) {
      check("poll(vsock)", ready);
    }
    next = OWN_FDS;
    for (VsockConnection connection : connections) {
      connection.setReady(pollFds.bytes().getShort(next++ * POLL_FD_BYTES + REVENTS_AT) != 0);
    }
    calls.read(event.number(), eventCount);
  }

  // An error or the other side's end would be told even where nothing is waited for, again and
  // again.
  private void put(int number, int fd, int events) {
    int at = number * POLL_FD_BYTES;
    pollFds.bytes().putInt(at, events == 0 ? IGNORED : fd);
    pollFds.bytes().putShort(at + EVENTS_AT, (short) events).putShort(at + REVENTS_AT, (short) 0);
  }

  /** Has {@link #await} return; from any thread, before {@link #close}. */
  public void wakeUp() {
    sockets.write(event.number(), one);
  }

  /** Closes the port, not the connections. */
  @Override
  public void close() {
    socket.close();
    event.close();
  }
}
