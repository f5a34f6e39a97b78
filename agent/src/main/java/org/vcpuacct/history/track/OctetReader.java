package org.vcpuacct.history.track;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Reads what an {@link OctetWriter} has collected. */
public final class OctetReader {

  private static final int GROUP_BITS = 7;
  private static final int GROUP_MASK = 0x7F;
  private static final int MORE = 0x80;

  private final byte[] octets;
  private final int end;
  private int position;

  /** Reads all of these octets. */
  public OctetReader(byte[] octets) {
    this(octets, 0, octets.length);
  }

  private OctetReader(byte[] octets, int begin, int end) {
    this.octets = octets;
    this.position = begin;
    this.end = end;
  }

  /** How many octets have been read or passed over. */
  public int position() {
    return position;
  }

  /** Whether all has been read. */
  public boolean atEnd() {
    return position == end;
  }

  /** The next octet, from 0 to 255. */
  public int octet() throws MalformedTrackException {
    if (position == end) {
      throw new MalformedTrackException("they end too early");
    }
    return octets[position++] & 0xFF;
  }

  /** The next varint: 64 bits without sign. */
  public long varint() throws MalformedTrackException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += GROUP_BITS) {
      int group = octet();
      value |= (long) (group & GROUP_MASK) << shift;
      if ((group & MORE) == 0) {
        return value;
      }
    }
    throw new MalformedTrackException("a number is too long");
  }

  /** The next varint with sign. */
  public long signed() throws MalformedTrackException {
    return ZigZag.unfold(varint());
  }

  /**
   * The next varint as a number of things.
   *
   * @param max how many there can be at most
   */
  public int count(int max) throws MalformedTrackException {
    long count = varint();
    if (count < 0 || count > max) {
      throw new MalformedTrackException(
          "a number is " + Long.toUnsignedString(count) + " and not at most " + max);
    }
    return (int) count;
  }

  /** The next octets, as many as the varint before them says. */
  public byte[] octets() throws MalformedTrackException {
    int length = skip();
    return Arrays.copyOfRange(octets, position - length, position);
  }

  /** The same, to be read where they are. */
  public OctetReader part() throws MalformedTrackException {
    int length = skip();
    return new OctetReader(octets, position - length, position);
  }

  /**
   * Passes them over.
   *
   * @return how many there are, without the varint
   */
  public int skip() throws MalformedTrackException {
    int length = count(Integer.MAX_VALUE);
    if (length > end - position) {
      throw new MalformedTrackException("they end too early");
    }
    position += length;
    return length;
  }

  /** The next text. */
  public String text() throws MalformedTrackException {
    return new String(octets(), UTF_8);
  }
}
