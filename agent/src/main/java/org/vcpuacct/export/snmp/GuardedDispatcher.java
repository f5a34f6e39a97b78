package org.vcpuacct.export.snmp;

import java.io.IOException;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.TransportMapping;
import org.snmp4j.TransportStateReference;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.event.CounterEvent;
import org.snmp4j.mp.MessageProcessingModel;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.Address;

/** Decodes messages; one that cannot be decoded is counted, dropped and told. */
final class GuardedDispatcher extends MessageDispatcherImpl {

  private final RefusalLog refusals;

  GuardedDispatcher(RefusalLog refusals) {
    this.refusals = refusals;
  }

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
      refusals.dropped(peer, "malformed, " + e.getMessage());
    }
  }
}
