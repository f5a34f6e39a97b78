package org.vcpuacct.vm;

/**
 * What tells one VM from another while both live. Immutable.
 *
 * @param pid the VMM's process
 * @param processStartTicks start time of that process, in clock ticks after boot
 * @param vmFd the VMM's file descriptor of the VM
 */
public record VmKey(int pid, long processStartTicks, int vmFd) {}
