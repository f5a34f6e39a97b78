package org.vcpuacct.export.agentx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.snmp4j.smi.OID;

class MasterPduTest {

  private static final List<ByteOrder> ORDERS =
      List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN);

  @Test
  void aGetNextIsReadInBothByteOrders() throws Exception {
    for (ByteOrder order : ORDERS) {
      ByteBuffer pdu =
          Octets.in(order)
              .text("mme-1")
              .prefixed(4, true, 1, 2021, 11)
              .prefixed(4, false, 1, 2021, 12)
              .oid(false, 1, 3, 6, 1, 2, 0xFFFFFFFF)
              .noOid()
              .pdu(6, 0x08, 0x01020304, 5, 0xFFFFFFFE);

      MasterPdu read = read(pdu);

      assertThat(read).isInstanceOf(MasterPdu.GetNext.class);
      MasterPdu.GetNext getNext = (MasterPdu.GetNext) read;
      assertThat(getNext.header().sessionId()).isEqualTo(0x01020304);
      assertThat(getNext.header().transactionId()).isEqualTo(5);
      assertThat(getNext.header().packetId()).isEqualTo(0xFFFFFFFE);
      assertThat(getNext.context()).isEqualTo("mme-1");
      assertThat(getNext.ranges())
          .containsExactly(
              new SearchRange(oid("1.3.6.1.4.1.2021.11"), true, oid("1.3.6.1.4.1.2021.12")),
              new SearchRange(oid("1.3.6.1.2.4294967295"), false, new OID()));
    }
  }

  @Test
  void aGetBulkOfTheDefaultContextIsRead() throws Exception {
    for (ByteOrder order : ORDERS) {
      ByteBuffer pdu =
          Octets.in(order).u16(1).u16(65_535).oid(false, 1, 3).noOid().pdu(7, 0, 1, 2, 3);

      MasterPdu.GetBulk getBulk = (MasterPdu.GetBulk) read(pdu);

      assertThat(getBulk.context()).isEmpty();
      assertThat(getBulk.nonRepeaters()).isEqualTo(1);
      assertThat(getBulk.maxRepetitions()).isEqualTo(65_535);
      assertThat(getBulk.ranges()).hasSize(1);
    }
  }

  @Test
  void aResponseIsRead() throws Exception {
    for (ByteOrder order : ORDERS) {
      MasterPdu.Response response =
          (MasterPdu.Response)
              read(Octets.in(order).u32(4_000_000_000L).u16(263).u16(1).pdu(18, 0, 1, 2, 3));

      assertThat(response.sysUpTimeTicks()).isEqualTo(4_000_000_000L);
      assertThat(response.error()).isEqualTo(263);
    }
  }

  @Test
  void whatIsWrongIsSaid() {
    assertFault(Octets.bigEndian().pdu(99, 0, 1, 2, 3), "its type is 99");
    assertFault(Octets.bigEndian().pdu(1, 0, 1, 2, 3), "only a subagent sends OPEN");
    assertFault(Octets.bigEndian().pdu(13, 0, 1, 2, 3), "only a subagent sends PING");
    assertFault(
        Octets.bigEndian().u32(0xFFFFFFFFL).pdu(5, 0x08, 1, 2, 3),
        "it ends 4294967296 octets early");
    assertFault(Octets.bigEndian().u32(0x04000000).pdu(5, 0, 1, 2, 3), "it ends 16 octets early");
    assertFault(
        Octets.bigEndian().oid(false, new int[129]).noOid().pdu(5, 0, 1, 2, 3),
        "an object identifier has 129 components, more than 128");
    assertFault(
        Octets.bigEndian().prefixed(4, false, new int[124]).noOid().pdu(5, 0, 1, 2, 3),
        "an object identifier has 129 components, more than 128");
  }

  @Test
  void aHeaderThatCannotBeOneIsRefusedBeforeItsPayloadHasCome() {
    ByteBuffer otherVersion = Octets.bigEndian().pdu(5, 0, 1, 2, 3).put(0, (byte) 2);
    ByteBuffer tooLong = Octets.bigEndian().pdu(5, 0, 1, 2, 3).putInt(16, 1_048_580);
    ByteBuffer negative = Octets.bigEndian().pdu(5, 0, 1, 2, 3).putInt(16, -4);
    ByteBuffer odd = Octets.bigEndian().pdu(5, 0, 1, 2, 3).putInt(16, 6);

    assertThatThrownBy(() -> Header.payloadOctets(otherVersion))
        .hasMessage("a PDU was malformed: its version is 2 and not 1");
    assertThatThrownBy(() -> Header.payloadOctets(tooLong))
        .hasMessage("a PDU was malformed: its payload of 1048580 octets is longer than 1048576");
    assertThatThrownBy(() -> Header.payloadOctets(negative))
        .hasMessage("a PDU was malformed: its payload of 4294967292 octets is longer than 1048576");
    assertThatThrownBy(() -> Header.payloadOctets(odd))
        .hasMessage("a PDU was malformed: its payload of 6 octets is no multiple of 4");
  }

  @Test
  void aPduThatEndsEarlyIsMalformedAtEveryLength() throws Exception {
    ByteBuffer whole =
        Octets.bigEndian()
            .text("mme-1")
            .u16(0)
            .u16(10)
            .prefixed(4, false, 1, 2021, 11)
            .prefixed(4, false, 1, 2021, 12)
            .pdu(7, 0x08, 1, 2, 3);
    int contextEnd = 20 + 4 + 8;
    int countsEnd = contextEnd + 4;

    assertThat(read(whole.duplicate())).isInstanceOf(MasterPdu.GetBulk.class);
    for (int length = 20; length < whole.limit(); length++) {
      ByteBuffer cut = whole.slice(0, length);
      if (length == countsEnd) {
        assertThat(((MasterPdu.GetBulk) read(cut)).ranges()).isEmpty();
      } else {
        assertThatThrownBy(() -> read(cut)).isInstanceOf(MalformedPduException.class);
      }
    }
  }

  @Test
  void randomOctetsAreReadOrMalformedAndNothingElse() {
    Random random = new Random(2741);
    int malformed = 0;
    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] octets = new byte[20 + 4 * random.nextInt(30)];
      random.nextBytes(octets);
      octets[0] = 1;
      octets[1] = (byte) (1 + random.nextInt(18));
      if (random.nextBoolean()) {
        // Small numbers are what lengths and counts are made of.
        for (int at = 20; at < octets.length; at++) {
          octets[at] = (byte) random.nextInt(3);
        }
      }
      try {
        assertThat(read(ByteBuffer.wrap(octets))).isNotNull();
        read++;
      } catch (MalformedPduException e) {
        malformed++;
      }
    }
    assertThat(malformed).isGreaterThan(10_000);
    assertThat(read).isGreaterThan(10_000);
  }

  private static void assertFault(ByteBuffer pdu, String fault) {
    assertThatThrownBy(() -> read(pdu))
        .isInstanceOf(MalformedPduException.class)
        .hasMessage("a PDU was malformed: " + fault);
  }

  private static MasterPdu read(ByteBuffer pdu) throws MalformedPduException {
    return MasterPdu.read(pdu);
  }

  private static OID oid(String text) {
    return new OID(text);
  }
}
