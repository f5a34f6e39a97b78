package org.vcpuacct.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.vcpuacct.overload.feed.FeedSettings;

/** Reads section {@code [overload.feed]}: where the load-shedding input can be read. */
final class FeedSection {

  /** sun_path of sockaddr_un (unix(7)) has 108 octets, the last of them zero. */
  private static final int MAX_SOCKET_OCTETS = 107;

  private static final int MAX_PORT = Integer.MAX_VALUE;

  private FeedSection() {}

  /** What the section says; a key that it does not set keeps its default. */
  static FeedSettings read(Section section) throws ConfigException {
    FeedSettings defaults = FeedSettings.defaults();
    Path directory =
        section.parsed("directory", FeedSection::directory).orElse(defaults.directory());
    Optional<String> group = section.parsed("group", FeedSection::group);
    Optional<Integer> vsockPort = section.number("vsock-port", 1, MAX_PORT);
    section.finish();
    return new FeedSettings(directory, group, vsockPort);
  }

  private static Path directory(String text) {
    Path directory = ConfigFile.path(text);
    Path socket = directory.resolve(FeedSettings.SOCKET);
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_OCTETS) {
      throw new IllegalArgumentException(
          "the path of the socket in it, "
              + socket
              + ", would have more than "
              + MAX_SOCKET_OCTETS
              + " octets; write a shorter one");
    }
    return directory;
  }

  private static String group(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("write the name of a group");
    }
    return text;
  }
}
