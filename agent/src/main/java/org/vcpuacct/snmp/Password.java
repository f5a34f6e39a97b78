package org.vcpuacct.snmp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;
import org.snmp4j.smi.OctetString;

/** A password of a user of SNMPv3, from which its keys are made. It shows itself nowhere. */
public final class Password {

  /** RFC 3414 section 11.2. */
  private static final int MIN_OCTETS = 8;

  private final byte[] octets;

  /**
   * A password in UTF-8.
   *
   * @throws IllegalArgumentException if it is too short; the message does not repeat it
   */
  public Password(String text) {
    octets = text.getBytes(UTF_8);
    if (octets.length < MIN_OCTETS) {
      throw new IllegalArgumentException(
          "the password is too short: write one of at least "
              + MIN_OCTETS
              + " characters (RFC 3414 section 11.2)");
    }
  }

  /** The octets that the keys are made from. */
  public OctetString octets() {
    return new OctetString(octets);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Password password && MessageDigest.isEqual(octets, password.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return "********";
  }
}
