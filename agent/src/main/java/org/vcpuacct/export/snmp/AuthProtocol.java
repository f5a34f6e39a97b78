package org.vcpuacct.export.snmp;

import org.snmp4j.security.AuthHMAC128SHA224;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC256SHA384;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.AuthenticationProtocol;

/** How messages of a user are authenticated: HMAC with a hash of SHA-2 (RFC 7860). */
public enum AuthProtocol {
  SHA_224("SHA-224"),
  SHA_256("SHA-256"),
  SHA_384("SHA-384"),
  SHA_512("SHA-512");

  private final String label;

  AuthProtocol(String label) {
    this.label = label;
  }

  /** Its name, as in net-snmp's options. */
  public String label() {
    return label;
  }

  AuthenticationProtocol implementation() {
    return switch (this) {
      case SHA_224 -> new AuthHMAC128SHA224();
      case SHA_256 -> new AuthHMAC192SHA256();
      case SHA_384 -> new AuthHMAC256SHA384();
      case SHA_512 -> new AuthHMAC384SHA512();
    };
  }
}
