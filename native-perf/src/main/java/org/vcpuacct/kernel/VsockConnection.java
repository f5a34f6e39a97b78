package org.vcpuacct.kernel;

import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/**
 * A guest's connection. Nothing waits: a read or write that would have to returns 0. For the thread
 * of its server.
 */
public final class VsockConnection implements ByteChannel {

  private final SocketCalls sockets;
  private final OwnedFd fd;
  private final NativeBuffer scratch;
  private final long peerCid;
  private boolean open = true;
  private boolean heard = true;
  private boolean toWrite;
  private boolean ready;

  /**
   * @param scratch memory that all connections of the server use in turn
   */
  VsockConnection(SocketCalls sockets, OwnedFd fd, NativeBuffer scratch, long peerCid) {
    this.sockets = sockets;
    this.fd = fd;
    this.scratch = scratch;
    this.peerCid = peerCid;
  }

  /**
   * The context identifier of the guest. The kernel vouches for it: vhost drops a guest's packets
   * that bear another (drivers/vhost/vsock.c vhost_vsock_handle_tx_kick, Linux 6.1).
   */
  public long peerCid() {
    return peerCid;
  }

  /** Says what the server is to wait for. */
  public void want(boolean read, boolean write) {
    heard = read;
    toWrite = write;
  }

  /** Whether something that it waited for has come, or an error. */
  public boolean isReady() {
    return ready;
  }

  boolean isHeard() {
    return heard;
  }

  boolean isToWrite() {
    return toWrite;
  }

  void setReady(boolean now) {
    ready = now;
  }

  int fd() {
    return fd.number();
  }

  @Override
  public int read(ByteBuffer into) throws KernelException {
    int wanted = Math.min(into.remaining(), scratch.size());
    int count = sockets.receive(fd.number(), scratch, wanted);
    if (count == -Errno.EAGAIN) {
      return 0;
    }
    check("recv", count);
    if (count == 0) {
      return -1;
    }
    into.put(scratch.bytes().slice(0, count));
    return count;
  }

  @Override
  public int write(ByteBuffer from) throws KernelException {
    int wanted = Math.min(from.remaining(), scratch.size());
    scratch.bytes().put(0, from, from.position(), wanted);
    int count = sockets.send(fd.number(), scratch, wanted);
    if (count == -Errno.EAGAIN) {
      return 0;
    }
    check("send", count);
    from.position(from.position() + count);
    return count;
  }

  private void check(String call, int result) throws KernelException {
    if (result < 0) {
      throw new KernelException(call + "(vsock, CID " + peerCid + ")", -result);
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    fd.close();
  }
}
