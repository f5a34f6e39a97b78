package org.vcpuacct.config;

import java.nio.file.Path;
import java.util.Optional;
import org.vcpuacct.overload.feed.FeedSettings;

/** Reads section {@code [overload.feed]}: where the load-shedding input can be read. */
final class FeedSection {

  private static final int MAX_PORT = Integer.MAX_VALUE;

  private FeedSection() {}

  /** What the section says; a key that it does not set keeps its default. */
  static FeedSettings read(Section section) throws ConfigException {
    FeedSettings defaults = FeedSettings.defaults();
    Path directory =
        section.parsed("directory", FeedSection::directory).orElse(defaults.directory());
    Optional<String> group = section.parsed("group", GroupName::parse);
    Optional<Integer> vsockPort = section.number("vsock-port", 1, MAX_PORT);
    section.finish();
    return new FeedSettings(directory, group, vsockPort);
  }

  private static Path directory(String text) {
    Path directory = ConfigFile.path(text);
    Path socket = directory.resolve(FeedSettings.SOCKET);
    if (!SocketPath.fits(socket)) {
      throw new IllegalArgumentException(
          "the path of the socket in it, "
              + socket
              + ", would have more than "
              + SocketPath.MAX_OCTETS
              + " octets; write a shorter one");
    }
    return directory;
  }
}
