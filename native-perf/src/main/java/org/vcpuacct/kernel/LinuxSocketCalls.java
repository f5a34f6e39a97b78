package org.vcpuacct.kernel;

import java.lang.ref.Reference;

/** The socket calls of the running kernel. */
final class LinuxSocketCalls implements SocketCalls {

  // include/linux/net.h, include/linux/socket.h; the same on x86 and arm64
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int NONBLOCK = 0x800;
  private static final int CLOEXEC = 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;

  @Override
  public int socket(int family) {
    return result(LibC.socket(family, SOCK_STREAM | NONBLOCK | CLOEXEC, 0));
  }

  @Override
  public int datagramSocket(int family) {
    return result(LibC.socket(family, SOCK_DGRAM | NONBLOCK | CLOEXEC, 0));
  }

  @Override
  public int bind(int fd, NativeBuffer address) {
    try {
      return result(LibC.bind(fd, address.address(), address.size()));
    } finally {
      Reference.reachabilityFence(address);
    }
  }

  @Override
  public int listen(int fd, int backlog) {
    return result(LibC.listen(fd, backlog));
  }

  @Override
  public int accept(int fd, NativeBuffer peer, NativeBuffer peerBytes) {
    try {
      return result(LibC.accept4(fd, peer.address(), peerBytes.address(), NONBLOCK | CLOEXEC));
    } finally {
      Reference.reachabilityFence(peer);
      Reference.reachabilityFence(peerBytes);
    }
  }

  @Override
  public int send(int fd, NativeBuffer from, int count) {
    try {
      return result(LibC.send(fd, from.address(), count, MSG_NOSIGNAL));
    } finally {
      Reference.reachabilityFence(from);
    }
  }

  @Override
  public int sendTo(int fd, NativeBuffer from, NativeBuffer address) {
    try {
      return result(
          LibC.sendto(
              fd, from.address(), from.size(), MSG_NOSIGNAL, address.address(), address.size()));
    } finally {
      Reference.reachabilityFence(from);
      Reference.reachabilityFence(address);
    }
  }

  @Override
  public int receive(int fd, NativeBuffer into, int count) {
    try {
      return result(LibC.recv(fd, into.address(), count, 0));
    } finally {
      Reference.reachabilityFence(into);
    }
  }

  @Override
  public int eventfd() {
    return result(LibC.eventfd(0, NONBLOCK | CLOEXEC));
  }

  @Override
  public int write(int fd, NativeBuffer from) {
    try {
      return result(LibC.write(fd, from.address(), from.size()));
    } finally {
      Reference.reachabilityFence(from);
    }
  }

  // The C library folds every error into -1 and keeps the number aside; put it back.
  private static int result(long returned) {
    return returned == -1 ? -LibC.errno() : Math.toIntExact(returned);
  }
}
