/**
 * VCPU-ACCT-MIB and UCD-SNMP-MIB's ssCpuRaw* objects, served from snapshots.
 *
 * <p>{@link org.vcpuacct.export.snmp.MibTables} declares what is served. {@link
 * org.vcpuacct.export.snmp.MibView} answers GET and GETNEXT over one snapshot, without a socket.
 * {@link org.vcpuacct.export.snmp.EmbeddedAgent} is an SNMP agent over it.
 */
package org.vcpuacct.export.snmp;
