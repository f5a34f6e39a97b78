package org.vcpuacct.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the section {@code [snmp]}. */
final class SnmpSection {

  private static final String DEFAULT_CONTEXT = "";

  /** Of contextName in a scoped PDU (RFC 3412 section 6.8). */
  private static final int MAX_CONTEXT_OCTETS = 255;

  private SnmpSection() {}

  /** What the section says; a key that it does not set keeps its default. */
  static Config.Snmp read(Section section, Config.Snmp defaults) throws ConfigException {
    boolean enabled = section.bool("enabled").orElse(defaults.enabled());
    var listen = section.parsed("listen", SocketAddressParser::parse).orElse(defaults.listen());
    Map<String, String> communities = communities(section, defaults.communities());
    boolean v2cAnywhere = section.bool("v2c-anywhere").orElse(defaults.v2cAnywhere());
    var users = SnmpUserSections.read(section.sections("user"));
    section.finish();
    return new Config.Snmp(enabled, listen, communities, v2cAnywhere, users);
  }

  private static Map<String, String> communities(Section section, Map<String, String> defaults)
      throws ConfigException {
    Optional<String> ofDefaultContext = section.parsed("community", SnmpSection::community);
    Map<String, String> communities =
        new HashMap<>(
            ofDefaultContext.map(community -> Map.of(community, DEFAULT_CONTEXT)).orElse(defaults));
    Optional<Section> others = section.section("communities");
    if (others.isPresent()) {
      addContexts(others.get().withSecretKeys(), communities);
    }
    return communities;
  }

  private static void addContexts(Section section, Map<String, String> communities)
      throws ConfigException {
    for (String community : section.keys()) {
      Optional<String> context = section.parsed(community, SnmpSection::context);
      if (community.isEmpty()) {
        throw section.at(community, "the community must not be empty");
      }
      if (communities.putIfAbsent(community, context.orElseThrow()) != null) {
        throw section.at(
            community, "is the community of the default context; write another snmp.community");
      }
    }
  }

  private static String community(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("the community must not be empty");
    }
    return text;
  }

  /**
   * The SNMP context that a text names.
   *
   * @throws IllegalArgumentException if it is too long
   */
  static String context(String text) {
    if (text.getBytes(UTF_8).length > MAX_CONTEXT_OCTETS) {
      throw new IllegalArgumentException(
          "an SNMP context has at most " + MAX_CONTEXT_OCTETS + " octets");
    }
    return text;
  }
}
