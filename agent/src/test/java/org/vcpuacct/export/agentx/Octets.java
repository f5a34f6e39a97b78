package org.vcpuacct.export.agentx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes PDUs from the layouts of RFC 2741, in either byte order: for the tests, and not by the
 * code that they test.
 */
final class Octets {

  private final ByteBuffer payload;

  private Octets(ByteOrder order) {
    this.payload = ByteBuffer.allocate(1 << 16).order(order);
  }

  static Octets bigEndian() {
    return new Octets(ByteOrder.BIG_ENDIAN);
  }

  static Octets in(ByteOrder order) {
    return new Octets(order);
  }

  Octets u8(int value) {
    payload.put((byte) value);
    return this;
  }

  Octets u16(int value) {
    payload.putShort((short) value);
    return this;
  }

  Octets u32(long value) {
    payload.putInt((int) value);
    return this;
  }

  Octets text(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    payload.putInt(octets.length).put(octets);
    while (payload.position() % 4 != 0) {
      payload.put((byte) 0);
    }
    return this;
  }

  /** An object identifier without a prefix. */
  Octets oid(boolean include, int... components) {
    u8(components.length).u8(0).u8(include ? 1 : 0).u8(0);
    for (int component : components) {
      u32(component);
    }
    return this;
  }

  /** An object identifier behind 1.3.6.1.prefix. */
  Octets prefixed(int prefix, boolean include, int... components) {
    u8(components.length).u8(prefix).u8(include ? 1 : 0).u8(0);
    for (int component : components) {
      u32(component);
    }
    return this;
  }

  /** The null object identifier. */
  Octets noOid() {
    return u32(0);
  }

  /** The whole PDU. */
  ByteBuffer pdu(int type, int flags, int session, int transaction, int packet) {
    ByteBuffer written = payload.duplicate().order(payload.order()).flip();
    boolean big = payload.order() == ByteOrder.BIG_ENDIAN;
    return ByteBuffer.allocate(20 + written.remaining())
        .order(payload.order())
        .put((byte) 1)
        .put((byte) type)
        .put((byte) (flags | (big ? 0x10 : 0)))
        .put((byte) 0)
        .putInt(session)
        .putInt(transaction)
        .putInt(packet)
        .putInt(written.remaining())
        .put(written)
        .flip();
  }
}
