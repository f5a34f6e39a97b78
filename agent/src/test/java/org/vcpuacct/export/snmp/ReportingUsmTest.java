package org.vcpuacct.export.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.UserTarget;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.AuthHMAC192SHA256;
import org.snmp4j.security.DecryptParams;
import org.snmp4j.security.PrivAES128;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.SecurityProtocols.SecurityProtocolSet;
import org.snmp4j.security.USM;
import org.snmp4j.security.UsmUser;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.snmp.AuthProtocol;
import org.vcpuacct.snmp.Password;
import org.vcpuacct.snmp.PrivacyProtocol;
import org.vcpuacct.snmp.SnmpCredentials.Authentication;
import org.vcpuacct.snmp.SnmpCredentials.Privacy;

/** What no manager sends that keeps to the RFCs. */
class ReportingUsmTest {

  private static final Password PASSWORD = new Password("correct horse");
  private static final OctetString ENGINE_ID = new OctetString(MPv3.createLocalEngineID());
  private static final OID SYS_UP_TIME = new OID("1.3.6.1.2.1.1.3.0");

  @TempDir private Path stateDir;

  @Test
  void anAuthenticMessageThatCannotBeDecryptedIsReported() throws IOException {
    try (EmbeddedAgent agent = started();
        Snmp manager = manager(new ShortSalt())) {
      PDU report = answer(manager, agent);

      assertThat(report.getType()).isEqualTo(PDU.REPORT);
      assertThat(report.get(0).getOid()).isEqualTo(SnmpConstants.usmStatsDecryptionErrors);
      assertThat(report.get(0).getVariable().toLong()).isEqualTo(1);
    }
  }

  @Test
  void theSameManagerIsAnsweredIfItKeepsToTheRfc() throws IOException {
    try (EmbeddedAgent agent = started();
        Snmp manager = manager(new PrivAES128())) {
      PDU response = answer(manager, agent);

      assertThat(response.getType()).isEqualTo(PDU.RESPONSE);
      assertThat(response.get(0).getOid()).isEqualTo(SYS_UP_TIME);
    }
  }

  /** AES whose salt has not 8 octets, as it must (RFC 3826 section 3.1.2.1). */
  private static final class ShortSalt extends PrivAES128 {

    private static final long serialVersionUID = 1L;

    @Override
    public byte[] encrypt(
        byte[] data,
        int offset,
        int length,
        byte[] key,
        long boots,
        long time,
        DecryptParams salt) {
      byte[] encrypted = super.encrypt(data, offset, length, key, boots, time, salt);
      salt.array = Arrays.copyOf(salt.array, 4);
      return encrypted;
    }
  }

  private EmbeddedAgent started() throws IOException {
    SnmpUser user =
        new SnmpUser(
            "nms",
            SnmpUser.Level.AUTH_PRIV,
            new Authentication(AuthProtocol.SHA_256, PASSWORD),
            Optional.of(new Privacy(PrivacyProtocol.AES_128, PASSWORD)),
            ContextNames.every());
    return EmbeddedAgent.start(
        new SnmpSettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Map.of(),
            false,
            List.of(user),
            EngineState.boot(stateDir, true)),
        "1.2.3",
        System.nanoTime(),
        Snapshots::ofEveryTier,
        () -> AlarmList.empty(0),
        List::of);
  }

  private static Snmp manager(PrivAES128 privacy) throws IOException {
    SecurityProtocols protocols = new SecurityProtocols(SecurityProtocolSet.none);
    protocols.addAuthenticationProtocol(new AuthHMAC192SHA256());
    protocols.addPrivacyProtocol(privacy);
    CounterSupport counters = new CounterSupport();
    USM usm = new USM(protocols, ENGINE_ID, 0, counters);
    usm.addUser(
        new UsmUser(
            Utf8.octets("nms"),
            AuthHMAC192SHA256.ID,
            PASSWORD.octets(),
            PrivAES128.ID,
            PASSWORD.octets()));
    MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
    dispatcher.addMessageProcessingModel(
        new MPv3(
            ENGINE_ID.getValue(),
            null,
            protocols,
            SecurityModels.getCollection(new SecurityModel[] {usm}),
            counters));
    Snmp snmp = new Snmp(dispatcher, new DefaultUdpTransportMapping());
    snmp.listen();
    return snmp;
  }

  private static PDU answer(Snmp manager, EmbeddedAgent agent) throws IOException {
    UserTarget<UdpAddress> target = new UserTarget<>();
    target.setAddress(new UdpAddress(agent.address().getAddress(), agent.address().getPort()));
    target.setVersion(SnmpConstants.version3);
    target.setSecurityLevel(SecurityLevel.AUTH_PRIV);
    target.setSecurityName(Utf8.octets("nms"));
    target.setTimeout(2_000);
    target.setRetries(1);
    ScopedPDU get = new ScopedPDU();
    get.setType(PDU.GET);
    get.add(new VariableBinding(SYS_UP_TIME));
    return manager.send(get, target).getResponse();
  }
}
