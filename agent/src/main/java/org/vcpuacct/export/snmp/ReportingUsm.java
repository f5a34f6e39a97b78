package org.vcpuacct.export.snmp;

import java.io.IOException;
import org.snmp4j.TransportStateReference;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.asn1.BEROutputStream;
import org.snmp4j.event.CounterEvent;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.mp.StatusInformation;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.security.SecurityParameters;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.SecurityStateReference;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmTimeTable;
import org.snmp4j.security.UsmUserTable;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.VariableBinding;

/**
 * The User-based Security Model whose reports reach the manager. A user that is not known, or has
 * no such key, or another one, has none to send the report with: it goes without authentication, as
 * RFC 3412 section 7.1 (3) has it where the security level is not determined.
 *
 * <p>SNMP4J has a setting for this. It is for the whole JVM, and would have managers in it believe
 * reports that are not authenticated.
 */
final class ReportingUsm extends USM {

  private static final long serialVersionUID = 1L;

  ReportingUsm(
      SecurityProtocols protocols, EngineState engine, CounterSupport counters, UsmTimeTable time) {
    super(protocols, engine.engineId(), engine.boots(), counters, new UsmUserTable(), time);
  }

  @Override
  public int processIncomingMsg(
      int snmpVersion,
      int maxMessageSize,
      SecurityParameters parameters,
      SecurityModel securityModel,
      int securityLevel,
      BERInputStream message,
      TransportStateReference transportState,
      OctetString securityEngineId,
      OctetString securityName,
      BEROutputStream scopedPdu,
      Integer32 maxSizeResponseScopedPdu,
      SecurityStateReference securityState,
      StatusInformation refusal)
      throws IOException {
    int status =
        super.processIncomingMsg(
            snmpVersion,
            maxMessageSize,
            parameters,
            securityModel,
            securityLevel,
            message,
            transportState,
            securityEngineId,
            securityName,
            scopedPdu,
            maxSizeResponseScopedPdu,
            securityState,
            refusal);
    if (isBeforeAuthentication(status)) {
      refusal.setSecurityLevel(new Integer32(SecurityLevel.NOAUTH_NOPRIV));
    } else if (status == SnmpConstants.SNMPv3_USM_DECRYPTION_ERROR) {
      reportDecryptionError(refusal);
    }
    return status;
  }

  /** RFC 3414 section 3.2 (8), which SNMP4J leaves out. */
  private void reportDecryptionError(StatusInformation refusal) {
    CounterEvent counted = new CounterEvent(this, SnmpConstants.usmStatsDecryptionErrors);
    getCounterSupport().fireIncrementCounter(counted);
    refusal.setErrorIndication(new VariableBinding(counted.getOid(), counted.getCurrentValue()));
    refusal.setSecurityLevel(new Integer32(SecurityLevel.AUTH_NOPRIV));
  }

  private static boolean isBeforeAuthentication(int status) {
    return switch (status) {
      case SnmpConstants.SNMPv3_USM_UNKNOWN_ENGINEID,
          SnmpConstants.SNMPv3_USM_UNKNOWN_SECURITY_NAME,
          SnmpConstants.SNMPv3_USM_UNSUPPORTED_SECURITY_LEVEL,
          SnmpConstants.SNMPv3_USM_AUTHENTICATION_FAILURE ->
          true;
      default -> false;
    };
  }
}
