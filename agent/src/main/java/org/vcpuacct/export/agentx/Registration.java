package org.vcpuacct.export.agentx;

import org.snmp4j.smi.OID;

/** A subtree in a context, as it is registered with the master; "" is the default context. */
record Registration(String context, OID subtree) {

  @Override
  public String toString() {
    return subtree + (context.isEmpty() ? "" : " in context \"" + context + "\"");
  }
}
