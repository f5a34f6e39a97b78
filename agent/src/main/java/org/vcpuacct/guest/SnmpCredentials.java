package org.vcpuacct.guest;

import java.util.Optional;

/** With what a guest's SNMP agent lets us in. Immutable; its text tells no secret. */
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
   * @param authentication its protocol
   * @param authenticationPassword at least 8 octets (RFC 3414, section 11.2)
   * @param privacy how messages are encrypted; empty if they are not
   */
  record User(
      String name,
      Authentication authentication,
      String authenticationPassword,
      Optional<Encryption> privacy)
      implements SnmpCredentials {

    @Override
    public String toString() {
      return "user " + name;
    }
  }

  /**
   * How messages are encrypted.
   *
   * @param protocol its protocol
   * @param password at least 8 octets
   */
  record Encryption(Privacy protocol, String password) {

    @Override
    public String toString() {
      return protocol.toString();
    }
  }

  /** Protocols of authentication: RFC 7860, and RFC 3414 for guests that know no other. */
  enum Authentication {
    SHA_1("SHA-1"),
    SHA_224("SHA-224"),
    SHA_256("SHA-256"),
    SHA_384("SHA-384"),
    SHA_512("SHA-512");

    private final String label;

    Authentication(String label) {
      this.label = label;
    }

    /** Its name in a configuration. */
    public String label() {
      return label;
    }
  }

  /** Protocols of encryption: RFC 3826, and its draft for longer keys. */
  enum Privacy {
    AES_128("AES-128"),
    AES_192("AES-192"),
    AES_256("AES-256");

    private final String label;

    Privacy(String label) {
      this.label = label;
    }

    /** Its name in a configuration. */
    public String label() {
      return label;
    }
  }
}
