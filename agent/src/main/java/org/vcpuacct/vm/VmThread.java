package org.vcpuacct.vm;

/**
 * A thread that works for a VM and is not a vCPU's. Immutable.
 *
 * @param pid its process: the VMM's, or its own if it is a kernel thread
 * @param threadId its number
 */
public record VmThread(int pid, int threadId) {}
