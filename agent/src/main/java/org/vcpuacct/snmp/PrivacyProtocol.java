package org.vcpuacct.snmp;

import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.PrivAES192;
import org.snmp4j.security.PrivAES256;

/**
 * How messages of a user are encrypted: AES in CFB mode (RFC 3826). The longer keys, which no RFC
 * has, are extended after draft-blumenthal-aes-usm-04, as net-snmp does.
 */
public enum PrivacyProtocol {
  AES_128("AES-128"),
  AES_192("AES-192"),
  AES_256("AES-256");

  private final String label;

  PrivacyProtocol(String label) {
    this.label = label;
  }

  /** Its name, with the length of the key in bits. */
  public String label() {
    return label;
  }

  /** What SNMP4J does it with. */
  public org.snmp4j.security.PrivacyProtocol implementation() {
    return switch (this) {
      case AES_128 -> new PrivAES128();
      case AES_192 -> new PrivAES192();
      case AES_256 -> new PrivAES256();
    };
  }
}
