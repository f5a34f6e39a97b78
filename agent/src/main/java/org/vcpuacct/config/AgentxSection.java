package org.vcpuacct.config;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads the section {@code [agentx]}. */
final class AgentxSection {

  /** Where net-snmp's snmpd listens if it is not told otherwise. */
  private static final SocketAddress DEFAULT_MASTER =
      UnixDomainSocketAddress.of("/var/agentx/master");

  private static final String TCP = "tcp:";

  /** sun_path of sockaddr_un (unix(7)) has 108 octets, the last of them zero. */
  private static final int MAX_PATH_OCTETS = 107;

  private AgentxSection() {}

  /** What the section says. */
  static Config.Agentx read(Section section) throws ConfigException {
    SocketAddress master = section.parsed("master", AgentxSection::master).orElse(DEFAULT_MASTER);
    boolean notified = section.bool("notify").orElse(true);
    section.finish();
    return new Config.Agentx(master, notified);
  }

  private static SocketAddress master(String text) {
    return text.startsWith(TCP)
        ? SocketAddressParser.parse(text.substring(TCP.length()))
        : UnixDomainSocketAddress.of(path(text));
  }

  private static Path path(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException(
          "write the path of a socket from the root, or tcp:ADDRESS:PORT, for example"
              + " /var/agentx/master or tcp:127.0.0.1:705");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_OCTETS) {
      throw new IllegalArgumentException(
          "the path of a socket has at most " + MAX_PATH_OCTETS + " octets");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(e.getReason(), e);
    }
  }
}
