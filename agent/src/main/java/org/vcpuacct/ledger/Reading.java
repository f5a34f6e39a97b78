package org.vcpuacct.ledger;

import java.util.Optional;

/**
 * The account of one vCPU as read at one instant. Counted from the instant it was opened, never
 * decreasing. Immutable.
 *
 * @param cpuNs CPU time of the vCPU's thread, ns
 * @param waitNs time that the thread was runnable and not running, ns
 * @param lastPcpu number of the host CPU on which the thread last ran, no older than one clock tick
 *     of its CPU time
 * @param lines wall time by line
 * @param exits exits; empty in a tier that counts none
 * @param detail what only {@link Tier#EXACT} can tell; empty in any other
 */
public record Reading(
    long cpuNs,
    long waitNs,
    int lastPcpu,
    LineTimes lines,
    Optional<ExitCounts> exits,
    Optional<ExactDetail> detail) {

  /** The tier with which the reading was taken. */
  public Tier tier() {
    return lines.tier();
  }

  /** Wall time since the account was opened, ns. */
  public long wallNs() {
    return lines.totalNs();
  }
}
