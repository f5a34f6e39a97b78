package org.vcpuacct.history.track;

/** Appends single bits to octets, the highest bit of each first. */
final class BitWriter {

  private final OctetWriter out;
  private int pending;
  private int pendingBits;

  BitWriter(OctetWriter out) {
    this.out = out;
  }

  /** Appends the lowest bits of a value, the highest of them first. */
  void bits(long value, int count) {
    for (int bit = count - 1; bit >= 0; bit--) {
      bit((int) (value >>> bit) & 1);
    }
  }

  /** Appends a bit so many times. */
  void repeat(int bit, int count) {
    for (int i = 0; i < count; i++) {
      bit(bit);
    }
  }

  /** Fills the last octet with zeros. */
  void finish() {
    while (pendingBits > 0) {
      bit(0);
    }
  }

  private void bit(int bit) {
    pending = pending << 1 | bit;
    pendingBits++;
    if (pendingBits == Byte.SIZE) {
      out.octet(pending);
      pending = 0;
      pendingBits = 0;
    }
  }
}
