package org.vcpuacct.overload.feed;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the load-shedding input can be read. Immutable.
 *
 * @param directory folder of the file and the socket, on tmpfs
 * @param group name of the group that may read beside the daemon's own user; empty for {@value
 *     #DEFAULT_GROUP}, where there is such a group
 * @param vsockPort port of AF_VSOCK that guests connect to; empty if guests are not served
 */
public record FeedSettings(Path directory, Optional<String> group, Optional<Integer> vsockPort) {

  /** The group that the package makes. */
  static final String DEFAULT_GROUP = "vcpuacct";

  /** The file in memory, docs/load-shedding.md. */
  public static final String FILE = "overload";

  /** The socket of the stream. */
  public static final String SOCKET = "overload.sock";

  /** What holds where the section says nothing. */
  public static FeedSettings defaults() {
    return new FeedSettings(Path.of("/run/vcpuacct"), Optional.empty(), Optional.empty());
  }

  Path file() {
    return directory.resolve(FILE);
  }

  Path socket() {
    return directory.resolve(SOCKET);
  }
}
