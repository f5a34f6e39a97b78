package org.vcpuacct.kernel;

/**
 * Where the record of the tracepoint kvm:kvm_exit holds what, in bytes from its start; from the
 * file "format" of the tracepoint in tracefs. Each field is as wide as Linux 5.16 and later make
 * it: 32 bits for the reason and the interruption information, 64 for the others.
 */
public record ExitRecordLayout(int exitReason, int guestRip, int info1, int intrInfo) {}
