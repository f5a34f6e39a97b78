package org.vcpuacct.export.snmp;

import java.util.Optional;
import org.snmp4j.security.SecurityLevel;
import org.vcpuacct.snmp.SnmpCredentials.Authentication;
import org.vcpuacct.snmp.SnmpCredentials.Privacy;

/**
 * A user of SNMPv3 (RFC 3414) and what it may read. Nobody may write.
 *
 * @param name 1 to 32 octets of UTF-8
 * @param level the lowest security level at which it is served
 * @param auth how its messages are authenticated
 * @param privacy how they are encrypted; present if the level asks for it
 * @param contexts what it may read
 */
public record SnmpUser(
    String name,
    Level level,
    Authentication auth,
    Optional<Privacy> privacy,
    ContextNames contexts) {

  /** Checks that the user can reach its level. */
  public SnmpUser {
    if (level == Level.AUTH_PRIV && privacy.isEmpty()) {
      throw new IllegalArgumentException("authPriv without privacy");
    }
  }

  /** A security level (RFC 3411 section 3.4.3) that is allowed: none is without authentication. */
  public enum Level {
    AUTH_NO_PRIV("authNoPriv", SecurityLevel.AUTH_NOPRIV),
    AUTH_PRIV("authPriv", SecurityLevel.AUTH_PRIV);

    private final String label;
    private final int number;

    Level(String label, int number) {
      this.label = label;
      this.number = number;
    }

    /** Its name in SNMP-FRAMEWORK-MIB. */
    public String label() {
      return label;
    }
  }

  /**
   * Whether a request of this user may read a context.
   *
   * @param securityLevel of the request, as SnmpSecurityLevel of SNMP-FRAMEWORK-MIB
   */
  boolean mayRead(String context, int securityLevel) {
    return securityLevel >= level.number && contexts.contains(context);
  }
}
