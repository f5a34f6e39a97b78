package org.vcpuacct.overload.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.vcpuacct.overload.feed.RecordLayout.NAME_BYTES;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;

/** The name in a record: UTF-8 with a zero behind it. */
final class RecordName {

  private RecordName() {}

  /** As many whole characters of a name as there is room for, and zeros behind them. */
  static byte[] encode(String name) {
    ByteBuffer encoded = ByteBuffer.allocate(NAME_BYTES - 1);
    UTF_8.newEncoder().encode(CharBuffer.wrap(name), encoded, true);
    return Arrays.copyOf(encoded.array(), NAME_BYTES);
  }
}
