package org.vcpuacct.export.notify;

import java.io.IOException;
import java.util.Optional;
import org.snmp4j.PDU;
import org.snmp4j.Snmp;
import org.snmp4j.event.ResponseEvent;
import org.snmp4j.smi.UdpAddress;
import org.vcpuacct.alarm.Notification;

/** Sends notifications that the manager acknowledges (RFC 3416 section 4.2.7). */
final class InformSender implements Sender {

  private final Messages messages;
  private Optional<Snmp> session = Optional.empty();

  InformSender(Messages messages) {
    this.messages = messages;
  }

  @Override
  public void send(Notification notification) throws IOException, InterruptedException {
    try {
      acknowledged(session().send(messages.message(PDU.INFORM, notification), messages.address()));
    } catch (IOException e) {
      close(); // a manager that was replaced has another engine, which is discovered anew
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    if (session.isPresent()) {
      Snmp open = session.get();
      session = Optional.empty();
      open.close();
    }
  }

  private Snmp session() throws IOException {
    if (session.isEmpty()) {
      Snmp opened = messages.login().newSession();
      session = Optional.of(opened);
      opened.listen();
    }
    return session.get();
  }

  private static void acknowledged(ResponseEvent<UdpAddress> event)
      throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    PDU response = event.getResponse();
    if (response == null) {
      throw new IOException("it does not acknowledge; it is down, or does not know us");
    }
    if (response.getType() == PDU.REPORT) {
      throw new IOException("it refuses us: it reports " + response.getVariableBindings());
    }
    if (response.getErrorStatus() != PDU.noError) {
      throw new IOException("it answers " + response.getErrorStatusText());
    }
  }
}
