package org.vcpuacct.ledger;

/** What a {@link Line} means to an operator. Every line belongs to exactly one roll-up. */
public enum RollUp {
  /** The guest's own work. */
  USEFUL,
  /** Time that virtualisation itself takes from a pCPU. */
  OVERHEAD,
  /** The guest has nothing to do. */
  IDLE,
  /** The guest could run, and the host does not let it. */
  CONTENTION,
  /** Not measured. */
  UNKNOWN
}
