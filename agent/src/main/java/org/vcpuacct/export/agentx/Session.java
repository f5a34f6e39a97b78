package org.vcpuacct.export.agentx;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.PDU;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.VariableBinding;
import org.vcpuacct.export.agentx.MasterPdu.Response;
import org.vcpuacct.export.snmp.ContextViews;
import org.vcpuacct.log.Cause;
import org.vcpuacct.mib.VcpuAcctMib;

/**
 * One session with the master, from Open to Close (RFC 2741 section 7). For one thread: while it
 * waits for an answer of the master, it answers the master's requests.
 */
final class Session {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private static final OID IDENTITY = new OID(VcpuAcctMib.VCPU_ACCT_MIB);

  /** In the middle of 1 to 255; of two subagents the master asks the one with the lower number. */
  private static final int PRIORITY = 127;

  /** How long the master waits for an answer, in seconds; 0 leaves it to the master. */
  private static final int MASTERS_PATIENCE = 0;

  /** How many notifications are handed over before the master's requests are looked at. */
  private static final int NOTIFICATIONS_AT_ONCE = 50;

  private final Connection connection;
  private final Timing timing;
  private final BooleanSupplier ending;
  private int sessionId;
  private int lastPacketId;
  private long heardNs;
  private long notifyNs;
  private Optional<Responder> responder = Optional.empty();

  /**
   * A session that is not open yet.
   *
   * @param ending whether the session is to end; what waits in the connection is then woken
   */
  Session(Connection connection, Timing timing, BooleanSupplier ending) {
    this.connection = connection;
    this.timing = timing;
    this.ending = ending;
  }

  /**
   * Opens the session (RFC 2741 section 6.2.1).
   *
   * @param description of this subagent
   * @return the master's sysUpTime, in hundredths of a second
   * @throws IOException if the master refuses, or does not answer
   */
  long open(String description) throws IOException {
    Response opened =
        ask(
            next(PduType.OPEN)
                .unsigned8(MASTERS_PATIENCE)
                .unsigned8(0)
                .unsigned16(0)
                .oid(IDENTITY)
                .text(description));
    if (opened.error() != ResponseError.NONE) {
      throw new IOException("it refuses a session: " + ResponseError.describe(opened.error()));
    }
    sessionId = opened.header().sessionId();
    return opened.sysUpTimeTicks();
  }

  /**
   * Serves until it is to end.
   *
   * @throws IOException if the session or the connection is lost
   */
  void serve(ContextViews views, Registrations registrations, NotifyQueue queue)
      throws IOException {
    responder = Optional.of(new Responder(views));
    long updateNs = System.nanoTime();
    notifyNs = updateNs;
    while (!ending.getAsBoolean()) {
      long nowNs = System.nanoTime();
      if (nowNs - updateNs >= 0) {
        update(registrations, views.contexts());
        updateNs = System.nanoTime() + timing.updateNs();
      }
      if (nowNs - heardNs >= timing.pingNs()) {
        ping();
      }
      boolean more = notifyMaster(queue);
      Optional<MasterPdu> pdu = receive(more ? 0 : updateNs - System.nanoTime());
      if (pdu.isPresent()) {
        handle(pdu.get());
      }
    }
  }

  /** Tells the master why the session ends, if it can still be told (RFC 2741 section 6.2.2). */
  void close(CloseReason reason) throws IOException {
    connection.send(
        next(PduType.CLOSE).unsigned8(reason.code()).unsigned8(0).unsigned16(0).toPdu());
  }

  private void update(Registrations registrations, SortedSet<String> contexts) throws IOException {
    for (Registration surplus : registrations.surplus(contexts)) {
      check(ask(registration(PduType.UNREGISTER, surplus)));
      registrations.unregistered(surplus); // or the master did not know it
    }
    for (Registration missing : registrations.missing(contexts, System.nanoTime())) {
      Response response = check(ask(registration(PduType.REGISTER, missing)));
      if (response.error() == ResponseError.NONE) {
        registrations.registered(missing);
      } else {
        registrations.refused(missing, System.nanoTime());
        String reason = ResponseError.describe(response.error());
        LOG.atWarn()
            .addKeyValue(Cause.KEY, reason) // the same for each context
            .log("the AgentX master refuses to register {}: {}", missing, reason);
      }
    }
  }

  /** Register and Unregister (RFC 2741 sections 6.2.3 and 6.2.4) are laid out alike. */
  private PduWriter registration(PduType type, Registration registration) {
    int patience = MASTERS_PATIENCE; // reserved in Unregister, and 0 there too
    int rangeSubId = 0; // one subtree and not a range of them
    return next(type)
        .context(registration.context())
        .unsigned8(patience)
        .unsigned8(PRIORITY)
        .unsigned8(rangeSubId)
        .unsigned8(0)
        .oid(registration.subtree());
  }

  /** Hands over some of what the master is to be notified of; true if there may be more. */
  private boolean notifyMaster(NotifyQueue queue) throws IOException {
    if (System.nanoTime() - notifyNs < 0) {
      return false;
    }
    for (int i = 0; i < NOTIFICATIONS_AT_ONCE; i++) {
      Optional<List<VariableBinding>> next = queue.peek();
      if (next.isEmpty()) {
        return false;
      }
      Response response = check(ask(notification(next.get())));
      if (response.error() != ResponseError.NONE) {
        String reason = ResponseError.describe(response.error());
        LOG.warn("the AgentX master refuses a notification: {}", reason);
        notifyNs = System.nanoTime() + timing.refusedNs();
        return false;
      }
      queue.sent();
    }
    return true;
  }

  /** Notify (RFC 2741 section 6.2.10); the master puts its sysUpTime before the variables. */
  private PduWriter notification(List<VariableBinding> variables) {
    PduWriter pdu = next(PduType.NOTIFY);
    variables.forEach(variable -> pdu.varBind(variable.getOid(), variable.getVariable()));
    return pdu;
  }

  private void ping() throws IOException {
    Response response = check(ask(next(PduType.PING)));
    if (response.error() != ResponseError.NONE) {
      throw new IOException("a ping found: " + ResponseError.describe(response.error()));
    }
  }

  private static Response check(Response response) throws IOException {
    if (response.error() == ResponseError.NOT_OPEN.code()) {
      throw new IOException("it does not know the session any more");
    }
    return response;
  }

  private PduWriter next(PduType type) {
    lastPacketId++;
    return new PduWriter(type, sessionId, 0, lastPacketId);
  }

  /** The answer to a PDU of ours; requests that come before it are answered meanwhile. */
  private Response ask(PduWriter question) throws IOException {
    connection.send(question.toPdu());
    long askedNs = System.nanoTime();
    for (long waitedNs = 0; waitedNs < timing.answerNs(); waitedNs = System.nanoTime() - askedNs) {
      Optional<MasterPdu> pdu = receive(timing.answerNs() - waitedNs);
      if (pdu.isPresent() && pdu.get() instanceof Response response) {
        if (response.header().packetId() == lastPacketId) {
          return response;
        }
      } else if (pdu.isPresent()) {
        handle(pdu.get());
      }
      if (ending.getAsBoolean()) {
        throw new IOException("this subagent ends");
      }
    }
    throw new SocketTimeoutException(
        "it has not answered for " + timing.answerNs() / 1_000_000 + " ms");
  }

  private Optional<MasterPdu> receive(long limitNs) throws IOException {
    Optional<MasterPdu> pdu = connection.receive(limitNs);
    if (pdu.isPresent()) {
      heardNs = System.nanoTime();
    }
    return pdu;
  }

  private void handle(MasterPdu pdu) throws IOException {
    if (pdu instanceof MasterPdu.Close close) {
      throw new IOException("it has closed the session: " + CloseReason.describe(close.reason()));
    }
    Optional<ByteBuffer> answer = answer(pdu);
    if (answer.isPresent()) {
      connection.send(answer.get());
    }
  }

  private Optional<ByteBuffer> answer(MasterPdu request) {
    Header header = request.header();
    if (responder.isEmpty() || header.sessionId() != sessionId) {
      return Optional.of(Responder.error(header, ResponseError.NOT_OPEN.code(), 0));
    }
    try {
      return responder.get().answer(request);
    } catch (RuntimeException e) {
      LOG.error("a request of the AgentX master could not be answered", e);
      return Optional.of(Responder.error(header, PDU.genErr, 0));
    }
  }
}
