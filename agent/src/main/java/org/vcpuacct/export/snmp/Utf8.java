package org.vcpuacct.export.snmp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.snmp4j.smi.OctetString;

/** Names on the wire: SnmpAdminString of SNMP-FRAMEWORK-MIB. */
final class Utf8 {

  private Utf8() {}

  static OctetString octets(String text) {
    return new OctetString(text.getBytes(UTF_8));
  }

  /** The text that the octets are; empty if they are none. */
  static Optional<String> text(OctetString octets) {
    String text = new String(octets.getValue(), UTF_8);
    // What is not UTF-8 was replaced, and does not come back.
    return octets(text).equals(octets) ? Optional.of(text) : Optional.empty();
  }
}
