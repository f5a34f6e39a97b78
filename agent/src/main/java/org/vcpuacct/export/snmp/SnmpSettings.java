package org.vcpuacct.export.snmp;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * How the embedded agent serves.
 *
 * @param listen UDP address and port, IPv4 or IPv6; port 0 takes a free one
 * @param community the community that may read, by SNMPv1 and SNMPv2c
 * @param stateDir folder of what must outlive the daemon: here the SNMP engine's identity and boots
 */
public record SnmpSettings(InetSocketAddress listen, String community, Path stateDir) {}
