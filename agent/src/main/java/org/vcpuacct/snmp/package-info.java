/** Who we are where SNMP is spoken: communities, users of SNMPv3, their protocols and passwords. */
package org.vcpuacct.snmp;
