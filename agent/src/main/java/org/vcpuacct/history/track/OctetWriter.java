package org.vcpuacct.history.track;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * Collects octets. A varint is a whole number without sign in groups of 7 bits, the lowest first,
 * each but the last with the highest bit set; a number with sign is folded to one without, 0, -1,
 * 1, -2 to 0, 1, 2, 3 (zig-zag).
 */
public final class OctetWriter {

  private static final int GROUP_BITS = 7;
  private static final int GROUP_MASK = 0x7F;
  private static final int MORE = 0x80;

  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

  /** Appends the lowest 8 bits. */
  public OctetWriter octet(int value) {
    octets.write(value);
    return this;
  }

  /** Appends 64 bits as a varint without sign. */
  public OctetWriter varint(long value) {
    long rest = value;
    while ((rest & ~GROUP_MASK) != 0) {
      octets.write((int) (rest & GROUP_MASK) | MORE);
      rest >>>= GROUP_BITS;
    }
    octets.write((int) rest);
    return this;
  }

  /** Appends a number with sign as a varint. */
  public OctetWriter signed(long value) {
    return varint(ZigZag.fold(value));
  }

  /** Appends octets behind their number. */
  public OctetWriter octets(byte[] value) {
    varint(value.length);
    octets.writeBytes(value);
    return this;
  }

  /** Appends a text, in UTF-8. */
  public OctetWriter text(String value) {
    return octets(value.getBytes(UTF_8));
  }

  /** How many octets there are. */
  public int size() {
    return octets.size();
  }

  /** All octets so far. */
  public byte[] toArray() {
    return octets.toByteArray();
  }
}
