package org.vcpuacct.guest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snmp4j.PDU;
import org.snmp4j.Snmp;
import org.snmp4j.Target;
import org.snmp4j.event.ResponseEvent;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;
import org.vcpuacct.snmp.SnmpLogin;

/** Asks one SNMP agent for the values of objects. Holds nothing open between two questions. */
final class SnmpQuestion {

  /** UDP may lose a message. */
  private static final int RETRIES = 1;

  /** By the counter that a report carries (RFC 3414, section 3). */
  private static final Map<OID, String> REASONS =
      Map.of(
          SnmpConstants.usmStatsUnknownUserNames, "it does not know the user",
          SnmpConstants.usmStatsWrongDigests, "wrong password or protocol of authentication",
          SnmpConstants.usmStatsDecryptionErrors, "wrong password or protocol of privacy",
          SnmpConstants.usmStatsUnsupportedSecLevels, "it does not have that security level",
          SnmpConstants.usmStatsNotInTimeWindows, "its clock or its engine boots went back");

  private final InetSocketAddress address;
  private final SnmpLogin login;
  private final Duration timeout;

  SnmpQuestion(SnmpGuest guest, Duration timeout) {
    this.address = guest.address();
    this.login = SnmpLogin.of(guest.credentials());
    this.timeout = timeout;
  }

  /**
   * The values of objects.
   *
   * @return what the agent has; an object that it does not have is not there
   */
  Map<OID, Variable> get(Collection<OID> objects) throws GuestLoadException, InterruptedException {
    PDU question = login.newPdu();
    question.setType(PDU.GET);
    objects.forEach(object -> question.add(new VariableBinding(object)));
    try (Snmp snmp = login.newSession()) {
      ReportNote report = new ReportNote(snmp.getReportHandler());
      snmp.setReportHandler(report);
      snmp.listen();
      ResponseEvent<UdpAddress> event = snmp.send(question, target());
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return values(event, report.counter());
    } catch (IOException e) {
      throw new GuestNotAnsweringException(
          "the guest's SNMP agent at " + address + " cannot be asked: " + e.getMessage());
    }
  }

  private Target<UdpAddress> target() {
    Target<UdpAddress> target = login.newTarget();
    target.setAddress(new UdpAddress(address.getAddress(), address.getPort()));
    target.setRetries(RETRIES);
    target.setTimeout(timeout.toMillis() / (RETRIES + 1));
    return target;
  }

  private Map<OID, Variable> values(ResponseEvent<UdpAddress> event, Optional<OID> report)
      throws GuestLoadException {
    PDU answer = event.getResponse();
    Optional<String> refusal = report.map(REASONS::get);
    if (refusal.isPresent() && (answer == null || answer.getType() == PDU.REPORT)) {
      throw new GuestRefusedException(
          "the guest's SNMP agent refused " + login + ": " + refusal.get());
    }
    if (answer == null) {
      throw new GuestNotAnsweringException(
          "no answer of the guest's SNMP agent at "
              + address
              + " within "
              + timeout.toMillis()
              + " ms: it is down, or does not let "
              + login
              + " in");
    }
    if (answer.getErrorStatus() != SnmpConstants.SNMP_ERROR_SUCCESS) {
      throw new GuestRefusedException(
          "the guest's SNMP agent refused the question: " + answer.getErrorStatusText());
    }
    return values(answer);
  }

  private static Map<OID, Variable> values(PDU answer) {
    Map<OID, Variable> values = new HashMap<>();
    for (VariableBinding binding : answer.getVariableBindings()) {
      if (!binding.isException()) {
        values.put(binding.getOid(), binding.getVariable());
      }
    }
    return values;
  }
}
