package org.vcpuacct.export.snmp;

import org.snmp4j.CommandResponderEvent;
import org.snmp4j.agent.mo.snmp.CoexistenceInfo;
import org.snmp4j.agent.request.SnmpRequest;

/**
 * One request PDU, bound to one view of its context: all its variables are of the same instant,
 * those of every repetition of a GETBULK included.
 */
final class SnapshotRequest extends SnmpRequest {

  private static final long serialVersionUID = 1L;

  private final transient MibView view;

  SnapshotRequest(CommandResponderEvent<?> event, CoexistenceInfo coexistence, MibView view) {
    super(event, coexistence);
    this.view = view;
  }

  MibView view() {
    return view;
  }
}
