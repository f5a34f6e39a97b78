package org.vcpuacct.ne;

import java.util.List;

/**
 * A network element that the operator has named. Immutable.
 *
 * @param name the network element's name
 * @param vms names of its VMs, or patterns of them
 */
public record VmSet(String name, List<NamePattern> vms) {

  public VmSet {
    vms = List.copyOf(vms);
  }

  /** Whether a VM of this name is of the network element. */
  boolean contains(String vmName) {
    return vms.stream().anyMatch(pattern -> pattern.matches(vmName));
  }
}
