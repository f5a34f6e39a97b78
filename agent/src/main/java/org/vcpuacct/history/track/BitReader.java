package org.vcpuacct.history.track;

/** Reads what a {@link BitWriter} has appended. */
final class BitReader {

  private final OctetReader in;
  private int pending;
  private int pendingBits;

  BitReader(OctetReader in) {
    this.in = in;
  }

  /** The next bits, the first one highest. */
  long bits(int count) throws MalformedTrackException {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bit();
    }
    return value;
  }

  /** How many ones come before the next zero, which is read too; at most so many. */
  int ones(int max) throws MalformedTrackException {
    int ones = 0;
    while (ones < max && bit() == 1) {
      ones++;
    }
    return ones;
  }

  private int bit() throws MalformedTrackException {
    if (pendingBits == 0) {
      pending = in.octet();
      pendingBits = Byte.SIZE;
    }
    pendingBits--;
    return pending >> pendingBits & 1;
  }
}
