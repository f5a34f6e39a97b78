package org.vcpuacct.export.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the server listens. Immutable.
 *
 * @param listen TCP address and port; empty if it listens on the socket only
 * @param socket path of the Unix-domain socket, by which the command line reads
 * @param group name of the group that may use the socket beside the daemon's own user; empty for
 *     {@value #DEFAULT_GROUP}, where there is such a group
 */
public record HttpSettings(
    Optional<InetSocketAddress> listen, Path socket, Optional<String> group) {

  /** The group that the package makes. */
  static final String DEFAULT_GROUP = "vcpuacct";

  private static final int DEFAULT_PORT = 9464;

  /** What holds where the configuration says nothing. */
  public static HttpSettings defaults() {
    return new HttpSettings(
        Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), DEFAULT_PORT)),
        Path.of("/run/vcpuacct/http.sock"),
        Optional.empty());
  }
}
