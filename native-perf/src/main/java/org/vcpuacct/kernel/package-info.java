/**
 * System calls of the Linux kernel, and nothing else: no other package of the project uses JNA.
 *
 * <p>Every failed call is a {@link org.vcpuacct.kernel.KernelException} that names the call and its
 * errno.
 */
package org.vcpuacct.kernel;
