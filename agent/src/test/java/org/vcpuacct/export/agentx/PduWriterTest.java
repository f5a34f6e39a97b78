package org.vcpuacct.export.agentx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.GenericAddress;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.IpAddress;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Opaque;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.UnsignedInteger32;
import org.snmp4j.smi.Variable;

/** The octets, as RFC 2741 lays them out. */
class PduWriterTest {

  private static final String RESPONSE_HEADER = "01121000 00000007 00000008 00000009 ";
  private static final String NO_ERROR = "00000000 0000 0000 ";

  @Test
  void aRegistrationInAContext() {
    ByteBuffer pdu =
        new PduWriter(PduType.REGISTER, 7, 0, 2)
            .context("mme-1")
            .unsigned8(0)
            .unsigned8(127)
            .unsigned8(0)
            .unsigned8(0)
            .oid(new OID("1.3.6.1.4.1.2021.11"))
            .toPdu();

    assertThat(hex(pdu))
        .isEqualTo(
            hex(
                "01031800 00000007 00000000 00000002 00000020"
                    + "00000005 6d6d652d 31000000"
                    + "007f0000"
                    + "03040000 00000001 000007e5 0000000b"));
  }

  @Test
  void theDefaultContextIsNotNamed() {
    assertThat(hex(new PduWriter(PduType.PING, 7, 0, 3).context("").toPdu()))
        .isEqualTo(hex("010d1000 00000007 00000000 00000003 00000000"));
  }

  @ParameterizedTest
  @CsvSource({
    "1.3.6.1.4.1,         0104000000000001",
    "1.3.6.1.255,         00ff0000",
    "1.3.6.1.0.1,         06000000000000010000000300000006000000010000000000000001",
    "1.3.6.1.256,         050000000000000100000003000000060000000100000100",
    "1.3.6.1,             0400000000000001000000030000000600000001",
    "1.3.6.1.4294967295,  0500000000000001000000030000000600000001ffffffff",
    "0.0,                 020000000000000000000000",
  })
  void anObjectIdentifier(String oid, String octets) {
    ByteBuffer pdu = new PduWriter(PduType.PING, 0, 0, 0).oid(new OID(oid)).toPdu();

    assertThat(hex(pdu).substring(40)).isEqualTo(octets);
  }

  @Test
  void theNullObjectIdentifierIsFourZeroes() {
    ByteBuffer pdu = new PduWriter(PduType.PING, 0, 0, 0).oid(new OID()).toPdu();

    assertThat(hex(pdu).substring(40)).isEqualTo("00000000");
  }

  @Test
  void everyTypeOfVariable() {
    assertValue(new Integer32(-2), "0002 0000 NAME fffffffe");
    assertValue(new OctetString("abcd"), "0004 0000 NAME 00000004 61626364");
    assertValue(new OctetString("abcde"), "0004 0000 NAME 00000005 61626364 65000000");
    assertValue(new OctetString(""), "0004 0000 NAME 00000000");
    assertValue(new Null(), "0005 0000 NAME");
    assertValue(new OID("1.3.6.1.4.1"), "0006 0000 NAME 01040000 00000001");
    assertValue(new IpAddress("192.0.2.1"), "0040 0000 NAME 00000004 c0000201");
    assertValue(new Counter32(4_294_967_295L), "0041 0000 NAME ffffffff");
    assertValue(new Gauge32(5), "0042 0000 NAME 00000005");
    assertValue(new UnsignedInteger32(5), "0042 0000 NAME 00000005");
    assertValue(new TimeTicks(256), "0043 0000 NAME 00000100");
    assertValue(new Opaque(new byte[] {1}), "0044 0000 NAME 00000001 01000000");
    assertValue(new Counter64(0x0102030405060708L), "0046 0000 NAME 01020304 05060708");
    assertValue(new Counter64(-1), "0046 0000 NAME ffffffff ffffffff");
    assertValue(Null.noSuchObject, "0080 0000 NAME");
    assertValue(Null.noSuchInstance, "0081 0000 NAME");
    assertValue(Null.endOfMibView, "0082 0000 NAME");
  }

  @Test
  void aResponseOfAnyLengthIsWhole() throws MalformedPduException {
    PduWriter response = PduWriter.response(request(), 0, 0);
    for (int i = 0; i < 10_000; i++) {
      response.varBind(new OID("1.3.6.1.4.1"), new Integer32(i));
    }

    ByteBuffer pdu = response.toPdu();

    assertThat(pdu.remaining()).isEqualTo(20 + 8 + 10_000 * 16);
    assertThat(Header.payloadOctets(pdu)).isEqualTo(8 + 10_000 * 16);
    assertThat(pdu.getInt(pdu.limit() - 4)).isEqualTo(9_999);
  }

  @Test
  void aTypeOutsideOfSmiIsRefused() {
    PduWriter response = PduWriter.response(request(), 0, 0);
    Variable other = new GenericAddress(new IpAddress("192.0.2.1"));

    assertThatThrownBy(() -> response.varBind(new OID("1.3"), other))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertValue(Variable variable, String octets) {
    ByteBuffer pdu = PduWriter.response(request(), 0, 0).varBind(new OID("1.3"), variable).toPdu();
    String payload = NO_ERROR + octets.replace("NAME", "02000000 00000001 00000003");
    String length = "%08x".formatted(hex(payload).length() / 2);

    assertThat(hex(pdu)).isEqualTo(hex(RESPONSE_HEADER + length + payload));
  }

  private static Header request() {
    return new Header(PduType.GET, 0, 7, 8, 9);
  }

  private static String hex(String spaced) {
    return spaced.replace(" ", "");
  }

  private static String hex(ByteBuffer pdu) {
    byte[] octets = new byte[pdu.remaining()];
    pdu.duplicate().get(octets);
    return HexFormat.of().formatHex(octets);
  }
}
