/**
 * Network elements: which VMs do the work of one network function together, and what host and
 * guests say of it as a whole.
 */
package org.vcpuacct.ne;
