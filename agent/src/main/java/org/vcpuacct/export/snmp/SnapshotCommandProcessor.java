package org.vcpuacct.export.snmp;

import java.util.Set;
import java.util.function.Supplier;
import org.snmp4j.CommandResponderEvent;
import org.snmp4j.PDU;
import org.snmp4j.agent.CommandProcessor;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OctetString;

/** Answers requests, each from one view. */
final class SnapshotCommandProcessor extends CommandProcessor {

  private static final Set<Integer> REQUESTS = Set.of(PDU.GET, PDU.GETNEXT, PDU.GETBULK, PDU.SET);

  /**
   * The longest answer to a GETBULK, in octets: with the message's header it fits in one Ethernet
   * frame (RFC 3417 section 3.2 recommends 1472), so no bulk walk depends on IP fragments. A GET or
   * GETNEXT, which cannot be answered in part, may be as long as UDP carries.
   */
  private static final int MAX_BULK_OCTETS = 1400;

  private final RefusalLog refusals;

  SnapshotCommandProcessor(
      OctetString engineId, Supplier<MibView> currentView, RefusalLog refusals) {
    super(engineId);
    this.refusals = refusals;
    requestFactory =
        (event, coexistence) -> new SnapshotRequest(event, coexistence, currentView.get());
  }

  @Override
  public <A extends Address> void processPdu(CommandResponderEvent<A> event) {
    PDU pdu = event.getPDU();
    if (pdu == null || !REQUESTS.contains(pdu.getType())) {
      // An answer to what is no request could be answered in turn, for ever.
      refusals.dropped(event.getPeerAddress(), "not a request");
      return;
    }
    if (pdu.getType() == PDU.GETBULK) {
      event.setMaxSizeResponsePDU(Math.min(event.getMaxSizeResponsePDU(), MAX_BULK_OCTETS));
    }
    super.processPdu(event);
    if (!event.isProcessed()) {
      refusals.dropped(event.getPeerAddress(), "unknown community");
    }
  }
}
