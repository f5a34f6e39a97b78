package org.vcpuacct.guest;

import java.net.InetSocketAddress;
import org.vcpuacct.snmp.SnmpCredentials;
import org.vcpuacct.vm.Vm;

/**
 * A guest that is asked over SNMP. Immutable.
 *
 * @param vm the VM's name or UUID
 * @param address UDP address and port of the guest's SNMP agent
 * @param credentials what the agent lets in
 */
public record SnmpGuest(String vm, InetSocketAddress address, SnmpCredentials credentials) {

  /** Whether this is about a VM. */
  boolean isFor(Vm candidate) {
    return candidate.name().equals(vm)
        || candidate.uuid().filter(uuid -> uuid.toString().equalsIgnoreCase(vm)).isPresent();
  }
}
