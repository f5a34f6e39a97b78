package org.vcpuacct.overload.feed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Where everything is in the file, in bytes; all numbers are in the byte order of the machine.
 * docs/load-shedding.md and vcpuacct_overload.h say the same.
 *
 * <p>The header and what a reader polls of a record are a cache line each.
 */
final class RecordLayout {

  static final int WORD = Long.BYTES;

  static final long MAGIC =
      ByteBuffer.wrap("VAOVLOAD".getBytes(StandardCharsets.US_ASCII))
          .order(ByteOrder.nativeOrder())
          .getLong();

  static final int VERSION = 1;

  // The header.
  static final int MAGIC_AT = 0;
  static final int VERSION_AT = 8;
  static final int HEADER_BYTES_AT = 12;
  static final int RECORD_BYTES_AT = 16;
  static final int CAPACITY_AT = 20;
  static final int STATE_AT = 24;
  static final int HEADER_BYTES = 64;

  /** The records are kept up to date. */
  static final int STATE_LIVE = 1;

  /** They are not any more: there may be another file of the same name. */
  static final int STATE_RETIRED = 2;

  // A record, from its own beginning.
  static final int LOCK_AT = 0;
  static final int SEQUENCE_AT = 8;
  static final int MEASURED_NS_AT = 16;
  static final int VALID_UNTIL_NS_AT = 24;
  static final int INDEX_AT = 32;
  static final int VALIDITY_MS_AT = 36;
  static final int LOAD_AT = 40;
  static final int REDUCTION_AT = 41;
  static final int LEVEL_AT = 42;
  static final int CAUSE_AT = 43;
  static final int ALGORITHM_AT = 44;

  /** Behind the last byte of what changes: this much is read at each look. */
  static final int FIGURES_END = 48;

  static final int NAME_AT = 64;

  /** With the zero behind it. */
  static final int NAME_BYTES = 256;

  static final int RECORD_BYTES = NAME_AT + NAME_BYTES;

  /** The index of a record that is nobody's. */
  static final int FREE = 0;

  /** RFC 7339, section 5: a percentage of new traffic is turned away. */
  static final int ALGORITHM_LOSS = 1;

  private RecordLayout() {}

  static int recordAt(int slot) {
    return HEADER_BYTES + slot * RECORD_BYTES;
  }

  static int fileBytes(int capacity) {
    return Math.addExact(HEADER_BYTES, Math.multiplyExact(capacity, RECORD_BYTES));
  }
}
