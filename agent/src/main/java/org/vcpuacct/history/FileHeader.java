package org.vcpuacct.history;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.vcpuacct.history.track.MalformedTrackException;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.Line;

/**
 * How a file of the history begins: 8 octets that say what it is, when the daemon began that wrote
 * it, how many lines and exit classes its ledger had, and the CRC-32C of all that; big-endian.
 *
 * @param runEpochMillis tells a run of the daemon from others: ms since 1970
 */
record FileHeader(long runEpochMillis) {

  static final int OCTETS = 2 * Long.BYTES + 3 * Integer.BYTES;

  /** "vaHist" and the version of this layout. */
  private static final long MAGIC = 0x7661_4869_7374_0002L;

  private static final int CRC_OFFSET = OCTETS - Integer.BYTES;

  ByteBuffer octets() {
    ByteBuffer header = ByteBuffer.allocate(OCTETS);
    header
        .putLong(MAGIC)
        .putLong(runEpochMillis)
        .putInt(Line.values().length)
        .putInt(ExitClass.values().length)
        .putInt(0)
        .flip();
    return header.putInt(CRC_OFFSET, crc(header));
  }

  /**
   * The header that these octets are.
   *
   * @throws IOException if they are none, or that of another version, whose rows are others
   */
  static FileHeader read(ByteBuffer header) throws IOException {
    if (header.limit() < OCTETS || header.getInt(CRC_OFFSET) != crc(header)) {
      throw new MalformedTrackException("its header is damaged");
    }
    long magic = header.getLong();
    long runEpochMillis = header.getLong();
    int lines = header.getInt();
    int classes = header.getInt();
    if (magic != MAGIC || lines != Line.values().length || classes != ExitClass.values().length) {
      throw new MalformedTrackException("another version of vcpuacct wrote it");
    }
    return new FileHeader(runEpochMillis);
  }

  private static int crc(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.slice(0, CRC_OFFSET));
    return (int) crc.getValue();
  }
}
