package org.vcpuacct.export.snmp;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/**
 * How the embedded agent serves.
 *
 * @param listen UDP address and port, IPv4 or IPv6; port 0 takes a free one
 * @param communities the communities that may read, by SNMPv1 and SNMPv2c, and the context that
 *     each reads; "" is the default context
 * @param v2cAnywhere whether a community is answered on other addresses than loopback too
 * @param users the users of SNMPv3, each of another name
 * @param engine identity and boots of the SNMP engine
 */
public record SnmpSettings(
    InetSocketAddress listen,
    Map<String, String> communities,
    boolean v2cAnywhere,
    List<SnmpUser> users,
    EngineState engine) {

  public SnmpSettings {
    communities = Map.copyOf(communities);
    users = List.copyOf(users);
  }
}
