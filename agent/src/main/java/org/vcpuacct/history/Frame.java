package org.vcpuacct.history;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A piece of a file: a number, the length of what it holds, the CRC-32C of those two and of what it
 * holds (RFC 3720 appendix B.4), 4 octets each and big-endian, then what it holds.
 */
final class Frame {

  static final int HEADER_OCTETS = 3 * Integer.BYTES;

  private static final int CRC_OFFSET = 2 * Integer.BYTES;

  private Frame() {}

  /** The octets of a frame. */
  static ByteBuffer of(int number, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(HEADER_OCTETS + payload.length);
    frame.putInt(number).putInt(payload.length).putInt(0).put(payload).flip();
    return frame.putInt(CRC_OFFSET, crc(frame));
  }

  /** The number in a frame. */
  static int number(ByteBuffer frame) {
    return frame.getInt(0);
  }

  /** How many octets the frame with this header holds; below 0 is damage. */
  static int length(ByteBuffer header) {
    return header.getInt(Integer.BYTES);
  }

  /** Whether the frame is what was written. */
  static boolean isWhole(ByteBuffer frame) {
    return frame.getInt(CRC_OFFSET) == crc(frame);
  }

  /** What a frame holds. */
  static byte[] payload(ByteBuffer frame) {
    byte[] payload = new byte[frame.limit() - HEADER_OCTETS];
    frame.get(HEADER_OCTETS, payload);
    return payload;
  }

  private static int crc(ByteBuffer frame) {
    CRC32C crc = new CRC32C();
    crc.update(frame.slice(0, CRC_OFFSET));
    crc.update(frame.slice(HEADER_OCTETS, frame.limit() - HEADER_OCTETS));
    return (int) crc.getValue();
  }
}
