package org.vcpuacct.guest;

import java.util.Optional;
import org.snmp4j.CommandResponderEvent;
import org.snmp4j.PDU;
import org.snmp4j.Snmp;
import org.snmp4j.mp.PduHandle;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OID;

/**
 * Notes the last report of an SNMPv3 agent before it is handled: one that is not authenticated, as
 * most refusals are not, is no answer (RFC 3412, section 7.2.11), but tells why none comes.
 */
final class ReportNote implements Snmp.ReportHandler {

  private final Snmp.ReportHandler handler;
  private volatile Optional<OID> counter = Optional.empty();

  /**
   * @param handler handles what was noted
   */
  ReportNote(Snmp.ReportHandler handler) {
    this.handler = handler;
  }

  /** The counter that the last report carried. */
  Optional<OID> counter() {
    return counter;
  }

  @Override
  public <A extends Address> void processReport(PduHandle handle, CommandResponderEvent<A> event) {
    PDU report = event.getPDU();
    if (report.size() > 0) {
      counter = Optional.of(report.get(0).getOid());
    }
    handler.processReport(handle, event);
  }
}
