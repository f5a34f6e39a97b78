package org.vcpuacct.export.agentx;

import static org.vcpuacct.mib.VcpuAcctMib.SYSTEM_STATS;
import static org.vcpuacct.mib.VcpuAcctMib.VCPU_ACCT_MIB;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/**
 * Where the master is, and what is registered with it.
 *
 * @param master a {@link java.net.UnixDomainSocketAddress} or a resolved {@link InetSocketAddress}
 * @param defaultSubtrees object identifiers, registered in the default context
 * @param contextSubtrees object identifiers, registered in each other context
 */
public record AgentxSettings(
    SocketAddress master, List<String> defaultSubtrees, List<String> contextSubtrees) {

  /** laTable of UCD-SNMP-MIB. */
  private static final String LOAD_TABLE = "1.3.6.1.4.1.2021.10";

  public AgentxSettings {
    defaultSubtrees = List.copyOf(defaultSubtrees);
    contextSubtrees = List.copyOf(contextSubtrees);
  }

  /**
   * All that the daemon serves. The host's own CPU is left to the master, which knows it itself; in
   * the context of a network element it knows nothing.
   */
  public static AgentxSettings to(SocketAddress master) {
    return new AgentxSettings(master, List.of(VCPU_ACCT_MIB), List.of(LOAD_TABLE, SYSTEM_STATS));
  }

  /** The master as the configuration names it. */
  String masterText() {
    return master instanceof InetSocketAddress tcp
        ? "tcp:" + tcp.getAddress().getHostAddress() + ":" + tcp.getPort()
        : master.toString();
  }
}
