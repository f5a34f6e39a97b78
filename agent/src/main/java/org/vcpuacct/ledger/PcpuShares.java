package org.vcpuacct.ledger;

/**
 * For what one CPU of the host was used over the last interval, in hundredths of a percent of it;
 * the four sum to 100 %. Immutable.
 *
 * <p>Of guests it knows those vCPUs that stayed on this pCPU all the time, as those of network
 * functions are made to; the time of one that moved is {@code other}.
 *
 * @param number the kernel's
 * @param guest vCPUs in guest mode
 * @param overhead exits, halt polling and the VMM, on the threads of vCPUs
 * @param other everything else that ran
 * @param idle nothing ran; to one clock tick of the interval
 */
public record PcpuShares(int number, int guest, int overhead, int other, int idle) {}
