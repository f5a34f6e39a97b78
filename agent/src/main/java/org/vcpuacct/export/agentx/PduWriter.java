package org.vcpuacct.export.agentx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.IpAddress;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UnsignedInteger32;
import org.snmp4j.smi.Variable;

/**
 * Writes one PDU, in network byte order, from the first part of its payload to the last (RFC 2741
 * section 5).
 */
final class PduWriter {

  private static final int INITIAL_OCTETS = 512;

  /** 1.3.6.1.x is written as the prefix x, if x is one octet and not 0 (RFC 2741 section 5.1). */
  private static final OID INTERNET = new OID(new int[] {1, 3, 6, 1});

  private static final int MAX_PREFIX = 255;

  private final PduType type;
  private final int sessionId;
  private final int transactionId;
  private final int packetId;
  private int flags = Header.NETWORK_BYTE_ORDER;
  private ByteBuffer octets = ByteBuffer.allocate(INITIAL_OCTETS).position(Header.OCTETS);

  PduWriter(PduType type, int sessionId, int transactionId, int packetId) {
    this.type = type;
    this.sessionId = sessionId;
    this.transactionId = transactionId;
    this.packetId = packetId;
  }

  /** A Response to a request (RFC 2741 section 6.2.16); a master does not look at sysUpTime. */
  static PduWriter response(Header request, int error, int index) {
    return new PduWriter(
            PduType.RESPONSE, request.sessionId(), request.transactionId(), request.packetId())
        .unsigned32(0)
        .unsigned16(error)
        .unsigned16(index);
  }

  /** The context, which comes first; the default context is not named. */
  PduWriter context(String name) {
    if (name.isEmpty()) {
      return this;
    }
    flags |= Header.NON_DEFAULT_CONTEXT;
    return text(name);
  }

  /** An octet string of UTF-8. */
  PduWriter text(String text) {
    return octetString(text.getBytes(UTF_8));
  }

  PduWriter unsigned8(int value) {
    room(Byte.BYTES).put((byte) value);
    return this;
  }

  PduWriter unsigned16(int value) {
    room(Short.BYTES).putShort((short) value);
    return this;
  }

  PduWriter unsigned32(long value) {
    room(Integer.BYTES).putInt((int) value);
    return this;
  }

  private PduWriter octetString(byte[] value) {
    int padding = -value.length & (Integer.BYTES - 1);
    room(Integer.BYTES + value.length + padding)
        .putInt(value.length)
        .put(value)
        .put(new byte[padding]);
    return this;
  }

  PduWriter oid(OID oid) {
    int[] components = oid.getValue();
    int prefix = prefix(oid);
    int from = prefix == 0 ? 0 : INTERNET.size() + 1;
    unsigned8(components.length - from).unsigned8(prefix).unsigned16(0);
    ByteBuffer room = room((components.length - from) * Integer.BYTES);
    for (int i = from; i < components.length; i++) {
      room.putInt(components[i]);
    }
    return this;
  }

  /** A variable binding (RFC 2741 section 5.4). SNMP's own tags are the types of AgentX. */
  PduWriter varBind(OID name, Variable variable) {
    return unsigned16(variable.getSyntax()).unsigned16(0).oid(name).value(variable);
  }

  private PduWriter value(Variable variable) {
    if (variable instanceof Null) { // with noSuchInstance and its like
      return this;
    }
    if (variable instanceof Integer32 integer) {
      return unsigned32(integer.getValue());
    }
    if (variable instanceof UnsignedInteger32 unsigned) { // with Counter32, Gauge32, TimeTicks
      return unsigned32(unsigned.getValue());
    }
    if (variable instanceof Counter64 counter) {
      room(Long.BYTES).putLong(counter.getValue());
      return this;
    }
    if (variable instanceof OctetString string) { // with Opaque
      return octetString(string.getValue());
    }
    if (variable instanceof IpAddress address) {
      return octetString(address.toByteArray());
    }
    if (variable instanceof OID oid) {
      return oid(oid);
    }
    throw new IllegalArgumentException("no type of SMIv2: " + variable.getClass());
  }

  /** How long the payload is so far. */
  int payloadOctets() {
    return octets.position() - Header.OCTETS;
  }

  /** The whole PDU, ready to be sent; nothing can be added to it. */
  ByteBuffer toPdu() {
    int end = octets.position();
    Header header = new Header(type, flags, sessionId, transactionId, packetId);
    header.write(octets.position(0), end - Header.OCTETS);
    return octets.position(0).limit(end);
  }

  private static int prefix(OID oid) {
    if (oid.size() <= INTERNET.size() || !oid.startsWith(INTERNET)) {
      return 0;
    }
    int candidate = oid.get(INTERNET.size());
    return candidate >= 1 && candidate <= MAX_PREFIX ? candidate : 0;
  }

  private ByteBuffer room(int wanted) {
    if (octets.remaining() < wanted) {
      int capacity = Math.max(2 * octets.capacity(), octets.position() + wanted);
      octets = ByteBuffer.wrap(Arrays.copyOf(octets.array(), capacity)).position(octets.position());
    }
    return octets;
  }
}
