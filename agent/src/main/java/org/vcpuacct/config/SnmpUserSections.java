package org.vcpuacct.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vcpuacct.export.snmp.ContextNames;
import org.vcpuacct.export.snmp.SnmpUser;
import org.vcpuacct.export.snmp.SnmpUser.Level;
import org.vcpuacct.snmp.AuthProtocol;
import org.vcpuacct.snmp.PrivacyProtocol;
import org.vcpuacct.snmp.SnmpCredentials.Authentication;
import org.vcpuacct.snmp.SnmpCredentials.Privacy;

/** Reads the sections {@code [[snmp.user]]}. */
final class SnmpUserSections {

  /** Of msgUserName (RFC 3414 section 2.4). */
  private static final int MAX_NAME_OCTETS = 32;

  private SnmpUserSections() {}

  /** The users that the sections name, in their order. */
  static List<SnmpUser> read(List<Section> sections) throws ConfigException {
    List<SnmpUser> users = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section section : sections) {
      SnmpUser user = user(section);
      if (!names.add(user.name())) {
        throw section.at("name", "\"" + user.name() + "\" is the name of another user");
      }
      users.add(user);
    }
    return users;
  }

  private static SnmpUser user(Section section) throws ConfigException {
    String name = section.required("name", SnmpUserSections::name);
    Level level = level(section);
    Authentication auth = CredentialKeys.authentication(section, AuthProtocol.STRONG);
    Optional<Privacy> privacy = CredentialKeys.privacy(section);
    ContextNames contexts = contexts(section);
    section.finish();
    if (level == Level.AUTH_PRIV && privacy.isEmpty()) {
      throw section.missing(
          "privacy",
          "write privacy = \""
              + PrivacyProtocol.AES_128.label()
              + "\" and a password, or level = \""
              + Level.AUTH_NO_PRIV.label()
              + "\" to allow messages that anyone on the way can read");
    }
    return new SnmpUser(name, level, auth, privacy, contexts);
  }

  private static String name(String text) {
    int octets = text.getBytes(UTF_8).length;
    if (octets < 1 || octets > MAX_NAME_OCTETS) {
      throw new IllegalArgumentException("write 1 to " + MAX_NAME_OCTETS + " octets");
    }
    return text;
  }

  private static Level level(Section section) throws ConfigException {
    return section.choice("level", List.of(Level.values()), Level::label).orElse(Level.AUTH_PRIV);
  }

  private static ContextNames contexts(Section section) throws ConfigException {
    List<String> names = section.strings("contexts");
    if (!section.keys().contains("contexts")) {
      return ContextNames.every();
    }
    if (names.isEmpty()) {
      throw section.at("contexts", "names none; write [\"*\"] for all, \"\" for the default one");
    }
    try {
      names.forEach(SnmpSection::context);
    } catch (IllegalArgumentException e) {
      throw section.at("contexts", e.getMessage());
    }
    return ContextNames.of(names);
  }
}
