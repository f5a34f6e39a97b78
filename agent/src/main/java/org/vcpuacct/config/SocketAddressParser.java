package org.vcpuacct.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Reads {@code HOST:PORT}, with an IPv6 address in brackets. */
final class SocketAddressParser {

  private static final int MAX_PORT = 65_535;

  private SocketAddressParser() {}

  /**
   * The address that a text names.
   *
   * @throws IllegalArgumentException if it names none; the message says what is allowed
   */
  static InetSocketAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(
          "write ADDRESS:PORT, for example 127.0.0.1:1161 or [::1]:1161");
    }
    return new InetSocketAddress(
        address(text.substring(0, colon)), port(text.substring(colon + 1)));
  }

  private static InetAddress address(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    if (text.contains(":") && !bracketed) {
      throw new IllegalArgumentException("write an IPv6 address in brackets: [" + text + "]:PORT");
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "no such address or host name; write one of this host's addresses, or 0.0.0.0", e);
    }
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(portRange(), e);
    }
    throw new IllegalArgumentException(portRange());
  }

  private static String portRange() {
    return "the port must be a number from 1 to " + MAX_PORT;
  }
}
