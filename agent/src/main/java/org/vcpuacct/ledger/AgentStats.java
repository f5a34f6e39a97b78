package org.vcpuacct.ledger;

/**
 * What the daemon says of itself. Immutable.
 *
 * @param steps steps of the sampler so far, this one included
 * @param latenessNs how long after its due time this step began, ns
 * @param stepNs what this step cost in wall time, ns
 * @param scanNs what finding VMs cost of it, ns
 */
public record AgentStats(long steps, long latenessNs, long stepNs, long scanNs) {}
