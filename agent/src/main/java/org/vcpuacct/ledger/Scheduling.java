package org.vcpuacct.ledger;

import java.util.OptionalInt;

/**
 * What the host's scheduler did with the thread of a vCPU. Immutable.
 *
 * @param latency how long the thread was woken and not yet running, without the time that a cgroup
 *     quota held it back; sums to {@link Line#WAIT_WOKEN}
 * @param maxLatencyNs the longest of them, ns
 * @param pcpuMigrations how often the thread went on on another host CPU than before
 * @param nodeMigrations how often that was on another NUMA node
 * @param lastNode the NUMA node on which the thread last ran; empty if it has not since the account
 *     was opened
 */
public record Scheduling(
    Log2Histogram latency,
    long maxLatencyNs,
    long pcpuMigrations,
    long nodeMigrations,
    OptionalInt lastNode) {}
