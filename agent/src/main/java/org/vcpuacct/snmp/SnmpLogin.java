package org.vcpuacct.snmp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.snmp4j.CommunityTarget;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.Target;
import org.snmp4j.UserTarget;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.SecurityProtocols.SecurityProtocolSet;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/** How an SNMP agent is spoken to: the version, and who we are there. Its text tells no secret. */
public interface SnmpLogin {

  /** An empty message. */
  PDU newPdu();

  /** An agent without address. */
  Target<UdpAddress> newTarget();

  /** A session that is not listening yet; the caller closes it. */
  Snmp newSession() throws IOException;

  /**
   * The same for messages that nobody answers, of which we are the authority (RFC 3412 section
   * 7.1.9).
   *
   * @param engineId identity of our engine; it has no part in SNMPv2c
   * @param boots how often our engine has booted
   * @param seconds time since it booted, s
   */
  Snmp newSession(OctetString engineId, int boots, int seconds) throws IOException;

  /** With these credentials. */
  static SnmpLogin of(SnmpCredentials credentials) {
    return credentials instanceof SnmpCredentials.User user
        ? new AsUser(user)
        : new WithCommunity((SnmpCredentials.Community) credentials);
  }

  /** SNMPv2c. */
  record WithCommunity(SnmpCredentials.Community community) implements SnmpLogin {

    @Override
    public PDU newPdu() {
      return new PDU();
    }

    @Override
    public Target<UdpAddress> newTarget() {
      CommunityTarget<UdpAddress> target = new CommunityTarget<>();
      target.setCommunity(octets(community.name()));
      target.setVersion(SnmpConstants.version2c);
      return target;
    }

    @Override
    public Snmp newSession() throws IOException {
      MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
      dispatcher.addMessageProcessingModel(new MPv2c());
      return new Snmp(dispatcher, new DefaultUdpTransportMapping());
    }

    @Override
    public Snmp newSession(OctetString engineId, int boots, int seconds) throws IOException {
      return newSession();
    }

    @Override
    public String toString() {
      return community.toString();
    }
  }

  /** SNMPv3 with the user-based security model. Each session has its own, apart from all others. */
  record AsUser(SnmpCredentials.User user) implements SnmpLogin {

    @Override
    public PDU newPdu() {
      return new ScopedPDU();
    }

    @Override
    public Target<UdpAddress> newTarget() {
      UserTarget<UdpAddress> target = new UserTarget<>();
      target.setSecurityName(octets(user.name()));
      target.setSecurityLevel(
          user.privacy().isPresent() ? SecurityLevel.AUTH_PRIV : SecurityLevel.AUTH_NOPRIV);
      target.setVersion(SnmpConstants.version3);
      return target;
    }

    @Override
    public Snmp newSession() throws IOException {
      return newSession(new OctetString(MPv3.createLocalEngineID()), 0, 0);
    }

    @Override
    public Snmp newSession(OctetString engineId, int boots, int seconds) throws IOException {
      SecurityProtocols protocols = protocols();
      USM usm = new USM(protocols, engineId, boots);
      usm.setLocalEngine(engineId, boots, seconds);
      usm.addUser(usmUser());
      MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
      dispatcher.addMessageProcessingModel(
          new MPv3(
              engineId.getValue(),
              null,
              protocols,
              SecurityModels.getCollection(new SecurityModel[] {usm}),
              CounterSupport.getInstance()));
      return new Snmp(dispatcher, new DefaultUdpTransportMapping());
    }

    private UsmUser usmUser() {
      return new UsmUser(
          octets(user.name()),
          user.auth().protocol().implementation().getID(),
          user.auth().password().octets(),
          user.privacy().map(privacy -> privacy.protocol().implementation().getID()).orElse(null),
          user.privacy().map(privacy -> privacy.password().octets()).orElse(null));
    }

    private static SecurityProtocols protocols() {
      SecurityProtocols protocols = new SecurityProtocols(SecurityProtocolSet.defaultSecurity);
      protocols.addAuthenticationProtocol(AuthProtocol.SHA_1.implementation());
      return protocols;
    }

    @Override
    public String toString() {
      return user.toString();
    }
  }

  private static OctetString octets(String text) {
    return new OctetString(text.getBytes(StandardCharsets.UTF_8));
  }
}
