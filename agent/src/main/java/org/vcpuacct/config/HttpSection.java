package org.vcpuacct.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.vcpuacct.export.http.HttpSettings;

/** Reads section {@code [http]}. */
final class HttpSection {

  private static final String OFF = "off";

  private HttpSection() {}

  /**
   * What the section says; a key that it does not set keeps its default. Empty if it says that
   * nothing is served.
   */
  static Optional<HttpSettings> read(Section section, HttpSettings defaults)
      throws ConfigException {
    boolean enabled = section.bool("enabled").orElse(true);
    Optional<InetSocketAddress> listen =
        section.parsed("listen", HttpSection::listen).orElse(defaults.listen());
    boolean anywhere = section.bool("anywhere").orElse(false);
    Path socket = section.parsed("socket", SocketPath::parse).orElse(defaults.socket());
    Optional<String> group = section.parsed("group", GroupName::parse);
    section.finish();
    if (!anywhere && listen.isPresent() && !listen.get().getAddress().isLoopbackAddress()) {
      throw section.at(
          "listen",
          "whoever can connect reads all figures, without a password; write a loopback address,"
              + " or anywhere = true if that is meant");
    }
    return enabled ? Optional.of(new HttpSettings(listen, socket, group)) : Optional.empty();
  }

  private static Optional<InetSocketAddress> listen(String text) {
    return text.equals(OFF) ? Optional.empty() : Optional.of(SocketAddressParser.parse(text));
  }
}
