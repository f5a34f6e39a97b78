package org.vcpuacct.ledger;

import java.util.Map;
import java.util.Optional;
import org.vcpuacct.vm.Vcpu;

/**
 * The account of one vCPU in a snapshot. Immutable.
 *
 * @param vcpu the vCPU and its thread
 * @param sinceNs CLOCK_MONOTONIC at which the account was opened and its counters started, ns
 * @param reading the account now
 * @param changes what happened over each window; a window not yet observed is missing
 */
public record VcpuAccount(Vcpu vcpu, long sinceNs, Reading reading, Map<Window, Change> changes) {

  public VcpuAccount {
    changes = Map.copyOf(changes);
  }

  /** The tier with which this account was taken. */
  public Tier tier() {
    return reading.tier();
  }

  /** What happened over the window; empty while it has not been observed. */
  public Optional<Change> change(Window window) {
    return Optional.ofNullable(changes.get(window));
  }
}
