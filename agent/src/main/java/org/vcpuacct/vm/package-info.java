/**
 * The VMs of this host, whatever their VMM: {@link org.vcpuacct.vm.VmScanner} finds them and their
 * vCPUs' threads, {@link org.vcpuacct.vm.VmIndexes} gives each its permanent row index.
 */
package org.vcpuacct.vm;
