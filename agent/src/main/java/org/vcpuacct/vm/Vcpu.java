package org.vcpuacct.vm;

/**
 * One vCPU of a VM, and the thread that runs it. Immutable.
 *
 * @param id KVM's vCPU number, from 0
 * @param threadId the thread that calls KVM_RUN, as the host's PID namespace numbers it
 * @param evidence how it is known that this thread runs this vCPU
 */
public record Vcpu(int id, int threadId, ThreadEvidence evidence) {}
