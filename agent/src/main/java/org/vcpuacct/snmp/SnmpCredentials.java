package org.vcpuacct.snmp;

import java.util.Optional;

/** Who we are to another SNMP entity. Immutable; its text tells no secret. */
public sealed interface SnmpCredentials {

  /**
   * SNMPv2c.
   *
   * @param name the community
   */
  record Community(String name) implements SnmpCredentials {

    @Override
    public String toString() {
      return "a community";
    }
  }

  /**
   * A user of SNMPv3 (RFC 3414), who always authenticates.
   *
   * @param name the user
   * @param auth how messages are authenticated
   * @param privacy how they are encrypted; empty if they are not
   */
  record User(String name, Authentication auth, Optional<Privacy> privacy)
      implements SnmpCredentials {

    @Override
    public String toString() {
      return "user " + name;
    }
  }

  /** How messages are authenticated, and the password that the key is made from. */
  record Authentication(AuthProtocol protocol, Password password) {}

  /** How messages are encrypted, and the password that the key is made from. */
  record Privacy(PrivacyProtocol protocol, Password password) {}
}
