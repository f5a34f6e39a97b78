package org.vcpuacct.alarm.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.vcpuacct.alarm.Notification;

/**
 * One record of a segment. In the file, big-endian: a marker, the CRC-32C of what follows (RFC 3720
 * appendix B.4), the payload's length, the kind, the sequence number, the payload.
 *
 * @param kind what is recorded
 * @param sequence number of the notification
 * @param payload the notification, as {@link NotificationCodec} has it
 */
record LogRecord(Kind kind, long sequence, ByteBuffer payload) {

  static final int HEADER_OCTETS = 2 * Integer.BYTES + Integer.BYTES + Byte.BYTES + Long.BYTES;

  /** Where a record may begin: found again after octets that are none. */
  static final int MARKER = 0x76614E31; // "vaN1", 1 being the version of this layout

  /** Far more than a notification takes. A length above it is damage. */
  static final int MAX_PAYLOAD_OCTETS = 1 << 16;

  private static final int CRC_OFFSET = Integer.BYTES;
  private static final int LENGTH_OFFSET = 2 * Integer.BYTES;

  /** What a record is. */
  enum Kind {
    /** A notification, to be sent. */
    NOTIFICATION,
    /** One of an earlier segment: it raised an alarm that was active when this one began. */
    ACTIVE_ALARM
  }

  static LogRecord of(Kind kind, Notification notification) throws IOException {
    byte[] payload = NotificationCodec.encode(notification);
    return new LogRecord(kind, notification.sequence(), ByteBuffer.wrap(payload));
  }

  /** The notification. */
  Notification notification() throws IOException {
    byte[] octets = new byte[payload.remaining()];
    payload.get(payload.position(), octets);
    return NotificationCodec.decode(sequence, octets);
  }

  int octets() {
    return HEADER_OCTETS + payload.remaining();
  }

  /** Appends this record to a buffer with room for it. */
  void write(ByteBuffer buffer) {
    int begin = buffer.position();
    buffer
        .putInt(MARKER)
        .putInt(0)
        .putInt(payload.remaining())
        .put((byte) kind.ordinal())
        .putLong(sequence)
        .put(payload.duplicate());
    buffer.putInt(begin + CRC_OFFSET, crc(buffer.slice(begin, octets())));
  }

  /**
   * How many octets the record takes whose header this is; empty if it is no header.
   *
   * @param header of {@link #HEADER_OCTETS}
   */
  static Optional<Integer> octets(ByteBuffer header) {
    int length = header.getInt(LENGTH_OFFSET);
    return header.getInt(0) == MARKER && length >= 0 && length <= MAX_PAYLOAD_OCTETS
        ? Optional.of(HEADER_OCTETS + length)
        : Optional.empty();
  }

  /** The record that these octets are, from first to last; empty if they are none. */
  static Optional<LogRecord> read(ByteBuffer octets) {
    int kind = octets.get(LENGTH_OFFSET + Integer.BYTES);
    if (octets.getInt(CRC_OFFSET) != crc(octets) || kind < 0 || kind >= Kind.values().length) {
      return Optional.empty();
    }
    ByteBuffer payload = octets.slice(HEADER_OCTETS, octets.limit() - HEADER_OCTETS);
    long sequence = octets.getLong(HEADER_OCTETS - Long.BYTES);
    return Optional.of(new LogRecord(Kind.values()[kind], sequence, payload));
  }

  private static int crc(ByteBuffer record) {
    CRC32C crc = new CRC32C();
    crc.update(record.slice(LENGTH_OFFSET, record.limit() - LENGTH_OFFSET));
    return (int) crc.getValue();
  }
}
