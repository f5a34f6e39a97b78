package org.vcpuacct.export.snmp;

import static org.snmp4j.agent.mo.MOAccessImpl.ACCESS_READ_ONLY;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.snmp4j.agent.DuplicateRegistrationException;
import org.snmp4j.agent.MOGroup;
import org.snmp4j.agent.MOServer;
import org.snmp4j.agent.mo.MOScalar;
import org.snmp4j.event.CounterEvent;
import org.snmp4j.event.CounterListener;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;

/**
 * How often an engine refused a message of SNMPv3, and why: snmpMPDStats (RFC 3412), usmStats (RFC
 * 3414) and the counters of contexts of SNMP-TARGET-MIB (RFC 3413). A report carries the counter
 * that it made go up.
 */
final class EngineCounters implements MOGroup, CounterListener {

  private static final List<OID> OBJECTS =
      List.of(
          SnmpConstants.snmpUnknownSecurityModels,
          SnmpConstants.snmpInvalidMsgs,
          SnmpConstants.snmpUnknownPDUHandlers,
          SnmpConstants.snmpUnavailableContexts,
          SnmpConstants.snmpUnknownContexts,
          SnmpConstants.usmStatsUnsupportedSecLevels,
          SnmpConstants.usmStatsNotInTimeWindows,
          SnmpConstants.usmStatsUnknownUserNames,
          SnmpConstants.usmStatsUnknownEngineIDs,
          SnmpConstants.usmStatsWrongDigests,
          SnmpConstants.usmStatsDecryptionErrors);

  private final Map<OID, CounterObject> counters =
      OBJECTS.stream().collect(Collectors.toMap(Function.identity(), CounterObject::new));

  @Override
  public void incrementCounter(CounterEvent event) {
    CounterObject counter = counters.get(event.getOid());
    if (counter != null) {
      event.setCurrentValue(counter.increment(event.getIncrement()));
    }
  }

  @Override
  public void registerMOs(MOServer server, OctetString context)
      throws DuplicateRegistrationException {
    for (CounterObject counter : counters.values()) {
      server.register(counter, context);
    }
  }

  @Override
  public void unregisterMOs(MOServer server, OctetString context) {
    counters.values().forEach(counter -> server.unregister(counter, context));
  }

  private static final class CounterObject extends MOScalar<Counter32> {

    private final AtomicLong count = new AtomicLong();

    CounterObject(OID instance) {
      super(instance, ACCESS_READ_ONLY, new Counter32());
    }

    Counter32 increment(long by) {
      return counter32(count.addAndGet(by));
    }

    @Override
    public Counter32 getValue() {
      return counter32(count.get());
    }

    /** A counter of 32 bits wraps (RFC 2578 section 7.1.6). */
    private static Counter32 counter32(long count) {
      return new Counter32(count & 0xFFFF_FFFFL);
    }
  }
}
