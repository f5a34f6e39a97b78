package org.vcpuacct.export.snmp;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The agent cannot listen on its address. The message names it and says what to change. */
public final class ListenException extends IOException {

  private static final long serialVersionUID = 1L;

  private static final int UNPRIVILEGED_PORTS = 1024;

  ListenException(InetSocketAddress address, IOException cause) {
    super("cannot listen for SNMP on UDP " + text(address) + ": " + reason(address, cause), cause);
  }

  private static String text(InetSocketAddress address) {
    return address.toString().replaceFirst("^.*/", "");
  }

  private static String reason(InetSocketAddress address, IOException cause) {
    if (address.isUnresolved()) {
      return "no such host; give an address of this host";
    }
    String privileged =
        address.getPort() < UNPRIVILEGED_PORTS
            ? "; or let the daemon have CAP_NET_BIND_SERVICE, see docs/security.md"
            : "";
    return cause.getMessage()
        + "; choose an address of this host and a port that is free"
        + privileged;
  }
}
