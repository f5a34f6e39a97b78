package org.vcpuacct.export.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a request was meant for this server. A page of any site can make a browser ask loopback
 * under a name of that site, which it points there (DNS rebinding); the name in the field Host
 * gives it away.
 */
final class HostCheck {

  /** A port need not be ours: the request may have come through a tunnel. */
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "(localhost\\.?|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1\\])(:\\d{1,5})?",
          Pattern.CASE_INSENSITIVE);

  private HostCheck() {}

  /**
   * Whether a request that came to this address may have this host in its field.
   *
   * @param local where it came in; anything but loopback has names that nobody here knows
   * @param host the field Host; clients of HTTP/1.0, which no browser is, may have none
   */
  static boolean passes(SocketAddress local, Optional<String> host) {
    boolean onLoopback =
        local instanceof InetSocketAddress address && address.getAddress().isLoopbackAddress();
    return !onLoopback || host.isEmpty() || LOOPBACK.matcher(host.get()).matches();
  }
}
