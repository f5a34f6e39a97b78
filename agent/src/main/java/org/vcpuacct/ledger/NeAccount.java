package org.vcpuacct.ledger;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One network element in a snapshot: the VMs that do the work of one network function together.
 * Immutable.
 *
 * @param index permanent row index, from 1; that of its VM if it is one VM by itself
 * @param name unique among the network elements of a snapshot, never empty
 * @param sinceNs CLOCK_MONOTONIC since which it has had these VMs, ns
 * @param vms its VMs that are running, by ascending index; none if the operator named it and none
 *     of it runs
 * @param overload what call processing is asked to do; empty until its load is known
 */
public record NeAccount(
    int index, String name, long sinceNs, List<VmAccount> vms, Optional<Overload> overload) {

  public NeAccount {
    vms = vms.stream().sorted(Comparator.comparingInt(VmAccount::index)).toList();
  }

  /** The same, with what call processing is asked to do. */
  public NeAccount with(Overload asked) {
    return new NeAccount(index, name, sinceNs, vms, Optional.of(asked));
  }
}
