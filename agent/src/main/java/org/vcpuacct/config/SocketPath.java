package org.vcpuacct.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;

/** Reads the path of a Unix-domain socket. */
final class SocketPath {

  /** sun_path of sockaddr_un (unix(7)) has 108 octets, the last of them zero. */
  static final int MAX_OCTETS = 107;

  private SocketPath() {}

  /**
   * The path that a text is.
   *
   * @throws IllegalArgumentException if it does not begin at the root, is the root, or is too long
   */
  static Path parse(String text) {
    Path path = ConfigFile.path(text);
    if (path.getFileName() == null) {
      throw new IllegalArgumentException("write the path of a file");
    }
    if (!fits(path)) {
      throw new IllegalArgumentException(
          "the path of a socket has at most " + MAX_OCTETS + " octets");
    }
    return path;
  }

  /** Whether a socket can have this path. */
  static boolean fits(Path path) {
    return path.toString().getBytes(UTF_8).length <= MAX_OCTETS;
  }
}
