/**
 * The contract with a network manager: VCPU-ACCT-MIB, the resource {@code VCPU-ACCT-MIB.txt} of
 * this package, and its object identifiers.
 */
package org.vcpuacct.mib;
