package org.vcpuacct.export.snmp;

import java.io.IOException;
import java.util.Set;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.TransportMapping;
import org.snmp4j.TransportStateReference;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.event.AuthenticationFailureEvent;
import org.snmp4j.event.CounterEvent;
import org.snmp4j.mp.MessageProcessingModel;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.Address;

/** Decodes messages; one that cannot be decoded or is not authentic is counted and told. */
final class GuardedDispatcher extends MessageDispatcherImpl {

  /** How every manager begins: it asks for the engine's identity and time (RFC 3414 section 4). */
  private static final Set<Integer> DISCOVERY =
      Set.of(
          SnmpConstants.SNMPv3_USM_UNKNOWN_ENGINEID, SnmpConstants.SNMPv3_USM_NOT_IN_TIME_WINDOW);

  @Override
  protected <A extends Address> void dispatchMessage(
      TransportMapping<? super A> transport,
      MessageProcessingModel model,
      A peer,
      BERInputStream message,
      TransportStateReference state)
      throws IOException {
    try {
      super.dispatchMessage(transport, model, peer, message, state);
    } catch (IOException | RuntimeException e) {
      fireIncrementCounter(new CounterEvent(this, SnmpConstants.snmpInASNParseErrs));
      DroppedMessages.say(peer, "malformed", ", " + e.getMessage());
    }
  }

  @Override
  protected void fireAuthenticationFailure(AuthenticationFailureEvent<?> failure) {
    if (!DISCOVERY.contains(failure.getError())) {
      DroppedMessages.say(failure.getAddress(), SnmpConstants.mpErrorMessage(failure.getError()));
    }
    super.fireAuthenticationFailure(failure);
  }
}
