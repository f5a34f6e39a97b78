package org.vcpuacct.snmp;

import java.util.List;
import org.snmp4j.security.AuthHMAC128SHA224;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.AuthHMAC256SHA384;
import org.snmp4j.security.AuthHMAC384SHA512;
import org.snmp4j.security.AuthSHA;
import org.snmp4j.security.AuthenticationProtocol;

/** How messages of a user are authenticated: HMAC with a hash of SHA-2 (RFC 7860), or SHA-1. */
public enum AuthProtocol {
  /** RFC 3414. For agents that know no other; our own lets nobody in by it. */
  SHA_1("SHA-1"),
  SHA_224("SHA-224"),
  SHA_256("SHA-256"),
  SHA_384("SHA-384"),
  SHA_512("SHA-512");

  /** Those that are good enough to be let in by. */
  public static final List<AuthProtocol> STRONG = List.of(SHA_224, SHA_256, SHA_384, SHA_512);

  private final String label;

  AuthProtocol(String label) {
    this.label = label;
  }

  /** Its name, as in net-snmp's options. */
  public String label() {
    return label;
  }

  /** What SNMP4J does it with. */
  public AuthenticationProtocol implementation() {
    return switch (this) {
      case SHA_1 -> new AuthSHA();
      case SHA_224 -> new AuthHMAC128SHA224();
      case SHA_256 -> new AuthHMAC192SHA256();
      case SHA_384 -> new AuthHMAC256SHA384();
      case SHA_512 -> new AuthHMAC384SHA512();
    };
  }
}
