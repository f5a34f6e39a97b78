package org.vcpuacct.config;

import java.util.List;
import java.util.Optional;
import org.vcpuacct.snmp.AuthProtocol;
import org.vcpuacct.snmp.Password;
import org.vcpuacct.snmp.PrivacyProtocol;
import org.vcpuacct.snmp.SnmpCredentials;
import org.vcpuacct.snmp.SnmpCredentials.Authentication;
import org.vcpuacct.snmp.SnmpCredentials.Privacy;

/** Reads communities, and users of SNMPv3 with their protocols and passwords. */
final class CredentialKeys {

  private CredentialKeys() {}

  /** Who we are to another SNMP entity: {@code community}, or {@code user} with what it needs. */
  static SnmpCredentials read(Section section) throws ConfigException {
    Optional<String> community = section.string("community");
    Optional<String> user = section.string("user");
    if (community.isPresent() == user.isPresent()) {
      throw section.here("write either community (SNMPv2c) or user (SNMPv3)");
    }
    if (community.isPresent()) {
      return new SnmpCredentials.Community(community.get());
    }
    return new SnmpCredentials.User(
        user.get(), authentication(section, List.of(AuthProtocol.values())), privacy(section));
  }

  /**
   * How messages of a user are authenticated.
   *
   * @param allowed the protocols that may be named
   */
  static Authentication authentication(Section section, List<AuthProtocol> allowed)
      throws ConfigException {
    Optional<AuthProtocol> protocol = section.choice("auth", allowed, AuthProtocol::label);
    if (protocol.isEmpty()) {
      throw section.missing("auth", "write auth = \"" + AuthProtocol.SHA_256.label() + "\"");
    }
    Optional<Password> password = PasswordKeys.read(section, "auth-password");
    if (password.isEmpty()) {
      throw section.missing("auth-password-file", "write the path of a file with the password");
    }
    return new Authentication(protocol.get(), password.get());
  }

  /** How they are encrypted; empty if they are not. */
  static Optional<Privacy> privacy(Section section) throws ConfigException {
    Optional<PrivacyProtocol> protocol =
        section.choice("privacy", List.of(PrivacyProtocol.values()), PrivacyProtocol::label);
    Optional<Password> password = PasswordKeys.read(section, "privacy-password");
    if (protocol.isEmpty() && password.isPresent()) {
      throw section.missing(
          "privacy", "write privacy = \"" + PrivacyProtocol.AES_128.label() + "\"");
    }
    if (protocol.isPresent() && password.isEmpty()) {
      throw section.missing("privacy-password-file", "write the path of a file with the password");
    }
    return protocol.map(p -> new Privacy(p, password.orElseThrow()));
  }
}
