/**
 * An AgentX subagent (RFC 2741), read-only: the host's own SNMP agent serves the daemon's figures.
 *
 * <p>{@link org.vcpuacct.export.agentx.AgentxSubagent} is the door. It has one thread, which never
 * blocks but in a selector: a session with the master is opened, kept and opened again there, and
 * each request is answered from one {@link org.vcpuacct.export.snmp.MibView}.
 */
package org.vcpuacct.export.agentx;
