package org.vcpuacct.export.notify;

import java.io.IOException;
import org.snmp4j.PDU;
import org.snmp4j.Snmp;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.export.snmp.EngineState;

/**
 * Sends notifications that nobody acknowledges (RFC 3416 section 4.2.6). What counts as sent is
 * what the system has taken.
 */
final class TrapSender implements Sender {

  /** So that those that have waited for long do not overrun the manager's socket. */
  private static final long PAUSE_MS = 5;

  private final Messages messages;
  private final Snmp session;

  /**
   * A sender with one session for its whole life. The time of our engine, which must not go back,
   * is that of all who speak as this engine.
   *
   * @throws IOException if the system has no sockets left
   */
  TrapSender(Messages messages, EngineState engine) throws IOException {
    this.messages = messages;
    this.session =
        messages.login().newSession(engine.engineId(), engine.boots(), engine.secondsSinceBoot());
  }

  @Override
  public void send(Notification notification) throws IOException, InterruptedException {
    session.send(messages.message(PDU.TRAP, notification), messages.address());
    Thread.sleep(PAUSE_MS);
  }

  @Override
  public void close() throws IOException {
    session.close();
  }
}
