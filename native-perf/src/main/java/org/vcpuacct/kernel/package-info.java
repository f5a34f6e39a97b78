/**
 * What the Linux kernel tells of other processes: /proc files, perf counters, KVM statistics.
 *
 * <p>No other package of the project uses JNA or makes system calls. A failed call is a {@link
 * org.vcpuacct.kernel.KernelException} that names the call, what it was called on, and the errno. A
 * host on which native code cannot be loaded is a {@link
 * org.vcpuacct.kernel.NativeUnavailableException}; {@link org.vcpuacct.kernel.ProcFile} needs no
 * native code and works there too.
 */
package org.vcpuacct.kernel;
