package org.vcpuacct.export.snmp;

import java.util.Optional;
import java.util.Set;
import org.snmp4j.CommandResponderEvent;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.agent.CommandProcessor;
import org.snmp4j.agent.MOServer;
import org.snmp4j.agent.RequestHandler;
import org.snmp4j.agent.mo.snmp.CoexistenceInfo;
import org.snmp4j.agent.request.SnmpRequest;
import org.snmp4j.agent.security.VACM;
import org.snmp4j.event.CounterEvent;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.VariableBinding;

/** Answers requests, each from one view of its context. */
final class SnapshotCommandProcessor extends CommandProcessor {

  private static final Set<Integer> REQUESTS = Set.of(PDU.GET, PDU.GETNEXT, PDU.GETBULK, PDU.SET);

  /**
   * The longest answer to a GETBULK, in octets: with the message's header it fits in one Ethernet
   * frame (RFC 3417 section 3.2 recommends 1472), so no bulk walk depends on IP fragments. A GET or
   * GETNEXT, which cannot be answered in part, may be as long as UDP carries.
   */
  private static final int MAX_BULK_OCTETS = 1400;

  /**
   * The same for SNMPv3, of the scoped PDU. With the longest engine ID, user name and digest, what
   * is around it takes 180 octets (RFC 3412 section 6, RFC 3414 section 2.4).
   */
  private static final int MAX_BULK_OCTETS_V3 = 1292;

  private final ContextViews views;
  private final ReadOnlyAccess access;

  SnapshotCommandProcessor(OctetString engineId, ContextViews views, ReadOnlyAccess access) {
    super(engineId);
    this.views = views;
    this.access = access;
    setVacm(access);
    setCoexistenceProvider(access);
  }

  @Override
  public <A extends Address> void processPdu(CommandResponderEvent<A> event) {
    PDU pdu = event.getPDU();
    if (pdu == null || !REQUESTS.contains(pdu.getType())) {
      // An answer to what is no request could be answered in turn, for ever.
      DroppedMessages.say(event.getPeerAddress(), "not a request");
      return;
    }
    if (pdu.getType() == PDU.GETBULK) {
      int maxOctets = isV3(event) ? MAX_BULK_OCTETS_V3 : MAX_BULK_OCTETS;
      event.setMaxSizeResponsePDU(Math.min(event.getMaxSizeResponsePDU(), maxOctets));
    }
    super.processPdu(event);
    if (!event.isProcessed()) {
      DroppedMessages.say(event.getPeerAddress(), whyNotProcessed(event));
    }
  }

  private String whyNotProcessed(CommandResponderEvent<?> event) {
    if (isV3(event)) {
      return "for another SNMP engine";
    }
    return access.answersCommunities(event.getPeerAddress())
        ? "unknown community"
        : "SNMPv1 and SNMPv2c are answered on loopback addresses only";
  }

  private static boolean isV3(CommandResponderEvent<?> event) {
    return event.getMessageProcessingModel() == MPv3.ID;
  }

  /**
   * Who may not read a context gets the same answer whether there is such a context or not: it may
   * not learn which network elements there are.
   */
  @Override
  protected <A extends Address> void processRequest(
      CommandResponderEvent<A> event,
      CoexistenceInfo subject,
      RequestHandler<SnmpRequest> handler) {
    int viewType = SnmpRequest.getViewType(event.getPDU().getType());
    OctetString viewName = getViewName(event, subject, viewType);
    if (viewName == null) {
      refuseAccess(event, subject);
      return;
    }
    Optional<MibView> view = Utf8.text(subject.getContextName()).flatMap(views::view);
    if (view.isEmpty()) {
      refuseContext(event);
      return;
    }
    Optional<PDU> bulk = bulk(event, view.get());
    if (bulk.isPresent()) {
      sendResponse(event, bulk.get());
      return;
    }
    SnmpRequest request = new SnapshotRequest(event, subject, view.get());
    request.setViewName(viewName);
    MOServer server = getServer(request.getContext());
    processRequest(server, handler, request);
    finalizeRequest(event, request, server);
  }

  /** Who may read a context may read everything in it. */
  private static Optional<PDU> bulk(CommandResponderEvent<?> event, MibView view) {
    return event.getPDU().getType() == PDU.GETBULK
        ? BulkReader.answer(event.getPDU(), view, event.getMaxSizeResponsePDU())
        : Optional.empty();
  }

  private <A extends Address> void refuseAccess(
      CommandResponderEvent<A> event, CoexistenceInfo subject) {
    SnmpRequest request = new SnmpRequest(event, subject);
    setAuthorizationError(request, VACM.VACM_NO_SUCH_VIEW);
    finalizeRequest(event, request, null);
  }

  /** RFC 3413 section 3.2 (5); a message with a community has no report and stays unanswered. */
  private <A extends Address> void refuseContext(CommandResponderEvent<A> event) {
    CounterEvent counted = new CounterEvent(this, SnmpConstants.snmpUnknownContexts);
    fireIncrementCounter(counted);
    if (event.getPDU() instanceof ScopedPDU request) {
      ScopedPDU report = new ScopedPDU();
      report.setType(PDU.REPORT);
      report.setRequestID(request.getRequestID());
      report.setContextEngineID(request.getContextEngineID());
      report.setContextName(request.getContextName());
      report.add(new VariableBinding(counted.getOid(), counted.getCurrentValue()));
      sendResponse(event, report);
    } else {
      DroppedMessages.say(
          event.getPeerAddress(), "the context of its community does not exist now");
    }
  }
}
