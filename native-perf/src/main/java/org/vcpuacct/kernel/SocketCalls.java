package org.vcpuacct.kernel;

/**
 * The system calls on sockets, with the convention of {@link SystemCalls}. None of them waits:
 * every socket is opened with SOCK_NONBLOCK.
 */
interface SocketCalls {

  /** A stream socket with SOCK_NONBLOCK and SOCK_CLOEXEC. */
  int socket(int family);

  /** A datagram socket with SOCK_NONBLOCK and SOCK_CLOEXEC. */
  int datagramSocket(int family);

  int bind(int fd, NativeBuffer address);

  int listen(int fd, int backlog);

  /** The next connection, with SOCK_NONBLOCK and SOCK_CLOEXEC. */
  int accept(int fd, NativeBuffer peer, NativeBuffer peerBytes);

  /** With MSG_NOSIGNAL. */
  int send(int fd, NativeBuffer from, int count);

  /** With MSG_NOSIGNAL; all of the buffer as one datagram. */
  int sendTo(int fd, NativeBuffer from, NativeBuffer address);

  int receive(int fd, NativeBuffer into, int count);

  /** With EFD_NONBLOCK and EFD_CLOEXEC. */
  int eventfd();

  int write(int fd, NativeBuffer from);
}
