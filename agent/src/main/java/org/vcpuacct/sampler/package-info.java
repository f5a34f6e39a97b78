/**
 * The sampler: at each step it finds the VMs, reads their vCPUs' accounts and makes one immutable
 * snapshot of all of it.
 */
package org.vcpuacct.sampler;
