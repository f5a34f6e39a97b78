package org.vcpuacct.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody on the way between one manager at a time and an agent, who keeps what managers send. */
final class UdpRelay implements AutoCloseable {

  private static final int MAX_DATAGRAM_OCTETS = 65_535;

  private final InetSocketAddress agent;
  private final DatagramSocket toManagers;
  private final DatagramSocket toAgent;
  private final List<byte[]> requests = new CopyOnWriteArrayList<>();
  private volatile SocketAddress manager;

  /**
   * A relay to an agent.
   *
   * @param address of the agent, ADDRESS:PORT
   */
  UdpRelay(String address) throws IOException {
    agent = parsed(address);
    toManagers = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    toAgent = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    start(this::relayRequests);
    start(this::relayAnswers);
  }

  /** Where managers ask, ADDRESS:PORT. */
  String address() {
    return "127.0.0.1:" + toManagers.getLocalPort();
  }

  /** What managers have sent so far, in order. */
  List<byte[]> requests() {
    return List.copyOf(requests);
  }

  /** Sends octets to an agent and returns what it answers, if it does in time. */
  static Optional<byte[]> ask(String address, byte[] request, Duration limit) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout((int) limit.toMillis());
      socket.send(new DatagramPacket(request, request.length, parsed(address)));
      return Optional.of(octets(received(socket)));
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    }
  }

  /** Sends octets to an agent and waits for nothing. */
  static void send(String address, byte[] request) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(request, request.length, parsed(address)));
    }
  }

  private static InetSocketAddress parsed(String address) {
    int colon = address.lastIndexOf(':');
    return new InetSocketAddress(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }

  private void relayRequests() throws IOException {
    DatagramPacket request = received(toManagers);
    manager = request.getSocketAddress();
    requests.add(octets(request));
    request.setSocketAddress(agent);
    toAgent.send(request);
  }

  private void relayAnswers() throws IOException {
    DatagramPacket answer = received(toAgent);
    answer.setSocketAddress(manager);
    toManagers.send(answer);
  }

  private static DatagramPacket received(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM_OCTETS], MAX_DATAGRAM_OCTETS);
    socket.receive(packet);
    return packet;
  }

  private static byte[] octets(DatagramPacket packet) {
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  private interface Step {
    void run() throws IOException;
  }

  private void start(Step step) {
    Thread thread = new Thread(() -> repeat(step), "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void repeat(Step step) {
    while (!toManagers.isClosed()) {
      try {
        step.run();
      } catch (IOException e) {
        if (!toManagers.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  @Override
  public void close() {
    toManagers.close();
    toAgent.close();
  }
}
