package org.vcpuacct.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Deque;

/** Sockets of a {@link ScriptedKernel}, with one guest whose part the test plays. */
final class ScriptedSockets implements SocketCalls {

  private static final int PORT_AT = 4;
  private static final int CID_AT = 8;

  private final ScriptedKernel kernel;
  private final Deque<Long> connecting = new ArrayDeque<>();
  private final StringBuilder taken = new StringBuilder();
  private String failingCall = "";
  private int failingErrno;
  private byte[] said = {};
  private boolean ended;
  private int room;
  private int boundPort;
  private int boundCid;

  ScriptedSockets(ScriptedKernel kernel) {
    this.kernel = kernel;
  }

  /** Makes all calls of a name fail. */
  void failing(String call, int errno) {
    failingCall = call;
    failingErrno = errno;
  }

  /** A guest waits to be let in. */
  void connect(long cid) {
    connecting.add(cid);
  }

  /** The guest sends a text. */
  void say(String text) {
    said = text.getBytes(UTF_8);
  }

  /** The guest ends its side. */
  void end() {
    ended = true;
  }

  /** The guest takes so many bytes more. */
  void takes(int count) {
    room = count;
  }

  /** What the guest has taken. */
  String taken() {
    return taken.toString();
  }

  int boundPort() {
    return boundPort;
  }

  int boundCid() {
    return boundCid;
  }

  private int result(String call, int granted) {
    return call.equals(failingCall) ? -failingErrno : granted;
  }

  private int newFd(String call) {
    int failed = result(call, 0);
    return failed < 0 ? failed : kernel.pidfdOpen(1);
  }

  @Override
  public int socket(int family) {
    return newFd("socket");
  }

  @Override
  public int datagramSocket(int family) {
    return newFd("socket");
  }

  @Override
  public int bind(int fd, NativeBuffer address) {
    boundPort = address.bytes().getInt(PORT_AT);
    boundCid = address.bytes().getInt(CID_AT);
    return result("bind", 0);
  }

  @Override
  public int listen(int fd, int backlog) {
    return result("listen", 0);
  }

  @Override
  public int accept(int fd, NativeBuffer peer, NativeBuffer peerBytes) {
    Long cid = connecting.poll();
    if (cid == null) {
      return -Errno.EAGAIN;
    }
    peer.bytes().putInt(CID_AT, cid.intValue());
    return newFd("accept");
  }

  @Override
  public int send(int fd, NativeBuffer from, int count) {
    int sent = Math.min(count, room);
    if (sent == 0 && failingCall.isEmpty()) {
      return -Errno.EAGAIN;
    }
    room -= sent;
    taken.append(UTF_8.decode(from.bytes().slice(0, sent)));
    return result("send", sent);
  }

  @Override
  public int sendTo(int fd, NativeBuffer from, NativeBuffer address) {
    return result("sendto", from.size());
  }

  @Override
  public int receive(int fd, NativeBuffer into, int count) {
    if (said.length == 0) {
      return ended ? 0 : -Errno.EAGAIN;
    }
    into.bytes().put(0, said);
    int received = said.length;
    said = new byte[0];
    return received;
  }

  @Override
  public int eventfd() {
    return newFd("eventfd");
  }

  @Override
  public int write(int fd, NativeBuffer from) {
    return result("write", from.size());
  }
}
