package org.vcpuacct.export.agentx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What every PDU begins with (RFC 2741 section 6.1), without the length of the payload.
 *
 * @param type what follows
 * @param flags h.flags, as it came
 * @param sessionId of the session, chosen by the master; 0 before there is one
 * @param transactionId the same for all PDUs of one SNMP request
 * @param packetId what a Response answers
 */
record Header(PduType type, int flags, int sessionId, int transactionId, int packetId) {

  static final int OCTETS = 20;

  /**
   * The longest payload that is sent or taken. An SNMP message over UDP has at most 65,507 octets,
   * which in AgentX's encoding, a range for each name, is less than this.
   */
  static final int MAX_PAYLOAD_OCTETS = 1 << 20;

  static final int NON_DEFAULT_CONTEXT = 0x08;
  static final int NETWORK_BYTE_ORDER = 0x10;

  private static final int VERSION = 1;
  private static final int FLAGS_OFFSET = 2;
  private static final int LENGTH_OFFSET = 16;

  /** Whether a context is named at the beginning of the payload (RFC 2741 section 6.1.1). */
  boolean hasContext() {
    return (flags & NON_DEFAULT_CONTEXT) != 0;
  }

  /** The byte order of everything but the header's first four octets. */
  ByteOrder byteOrder() {
    return byteOrder(flags);
  }

  /**
   * The length of the payload, in octets, of the header that begins here.
   *
   * @param octets with a whole header; its position stays
   * @throws MalformedPduException if it is no header of AgentX, or the payload is too long
   */
  static int payloadOctets(ByteBuffer octets) throws MalformedPduException {
    int begin = octets.position();
    int version = Byte.toUnsignedInt(octets.get(begin));
    if (version != VERSION) {
      throw new MalformedPduException("its version is " + version + " and not " + VERSION);
    }
    ByteOrder order = byteOrder(octets.get(begin + FLAGS_OFFSET));
    long length = Integer.toUnsignedLong(octets.order(order).getInt(begin + LENGTH_OFFSET));
    if (length > MAX_PAYLOAD_OCTETS) {
      throw new MalformedPduException(
          "its payload of " + length + " octets is longer than " + MAX_PAYLOAD_OCTETS);
    }
    if (length % Integer.BYTES != 0) {
      throw new MalformedPduException("its payload of " + length + " octets is no multiple of 4");
    }
    return (int) length;
  }

  /**
   * Reads a header that {@link #payloadOctets} has found good.
   *
   * @param octets after the call at the payload
   * @throws MalformedPduException if nobody sends such a PDU to a subagent
   */
  static Header read(ByteBuffer octets) throws MalformedPduException {
    octets.get();
    int code = Byte.toUnsignedInt(octets.get());
    int flags = Byte.toUnsignedInt(octets.get());
    octets.get();
    octets.order(byteOrder(flags));
    PduType type =
        PduType.of(code).orElseThrow(() -> new MalformedPduException("its type is " + code));
    Header header = new Header(type, flags, octets.getInt(), octets.getInt(), octets.getInt());
    octets.getInt();
    return header;
  }

  /** Writes this header, in network byte order. */
  void write(ByteBuffer octets, int payloadOctets) {
    octets
        .order(ByteOrder.BIG_ENDIAN)
        .put((byte) VERSION)
        .put((byte) type.code())
        .put((byte) flags)
        .put((byte) 0)
        .putInt(sessionId)
        .putInt(transactionId)
        .putInt(packetId)
        .putInt(payloadOctets);
  }

  private static ByteOrder byteOrder(int flags) {
    return (flags & NETWORK_BYTE_ORDER) != 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }
}
