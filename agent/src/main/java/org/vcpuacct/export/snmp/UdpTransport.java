package org.vcpuacct.export.snmp;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/** A UDP socket that knows what a datagram can carry. */
final class UdpTransport extends DefaultUdpTransportMapping {

  /** What IPv4 leaves of 65,535 octets after its own header and UDP's. */
  private static final int MAX_DATAGRAM_OCTETS = 65_507;

  private volatile boolean closed;

  private UdpTransport(UdpAddress address) throws IOException {
    super(address);
  }

  /**
   * Binds the address.
   *
   * @throws ListenException if it cannot be bound
   */
  static UdpTransport bind(InetSocketAddress address) throws ListenException {
    if (address.isUnresolved()) {
      throw new ListenException(address, new IOException("unknown host"));
    }
    try {
      return new UdpTransport(new UdpAddress(address.getAddress(), address.getPort()));
    } catch (IOException e) {
      throw new ListenException(address, e);
    }
  }

  @Override
  public int getMaxOutboundMessageSize() {
    return MAX_DATAGRAM_OCTETS;
  }

  /** An answer that comes too late must not take the address again. */
  @Override
  protected synchronized DatagramSocket ensureSocket() throws SocketException {
    if (closed) {
      throw new SocketException("closed");
    }
    return super.ensureSocket();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    super.close();
  }

  /** The address in use, with the port that was chosen if none was asked for. */
  InetSocketAddress boundTo() {
    return new InetSocketAddress(getListenAddress().getInetAddress(), getListenAddress().getPort());
  }
}
