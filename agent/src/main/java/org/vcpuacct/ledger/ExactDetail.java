package org.vcpuacct.ledger;

import java.util.OptionalLong;

/**
 * What only {@link Tier#EXACT} can tell of a vCPU. Immutable.
 *
 * @param exitTimes time and durations of exits by class
 * @param scheduling what the host's scheduler did with the thread
 * @param entries how often the guest was entered
 * @param userspaceExits how often KVM returned to the VMM
 * @param guestUserExits exits while the guest was in user mode
 * @param guestKernelExits exits while it was in kernel mode; what the two lack of all exits cannot
 *     be told, as of a guest whose state is encrypted
 * @param lastOtherCode raw code of the last exit of class {@link ExitClass#OTHER}; empty if there
 *     was none
 */
public record ExactDetail(
    ExitTimes exitTimes,
    Scheduling scheduling,
    long entries,
    long userspaceExits,
    long guestUserExits,
    long guestKernelExits,
    OptionalLong lastOtherCode) {}
