package org.vcpuacct.config;

import java.net.InetSocketAddress;
import org.vcpuacct.guest.SnmpGuest;
import org.vcpuacct.snmp.SnmpCredentials;

/** Reads a section {@code [[guest.snmp]]}: a guest that is asked over SNMP. */
final class SnmpGuestSection {

  private SnmpGuestSection() {}

  static SnmpGuest read(Section section) throws ConfigException {
    String vm = section.required("vm", text -> text);
    InetSocketAddress address = section.required("address", SocketAddressParser::parse);
    SnmpCredentials credentials = CredentialKeys.read(section);
    section.finish();
    return new SnmpGuest(vm, address, credentials);
  }
}
