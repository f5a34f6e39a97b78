package org.vcpuacct.guest;

/**
 * Threads of the guest that run or want to, averaged (proc_loadavg(5)). Immutable.
 *
 * @param one over the last minute
 * @param five over the last 5 minutes
 * @param fifteen over the last 15 minutes
 */
public record LoadAverages(double one, double five, double fifteen) {}
