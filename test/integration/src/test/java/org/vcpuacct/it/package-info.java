/**
 * Tests of the product from outside: the jar as a process, read with net-snmp's tools, on this
 * machine and on a KVM host under emulation.
 */
package org.vcpuacct.it;
