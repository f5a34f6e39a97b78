package org.vcpuacct.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Builds a KVM statistics file whose parts lie apart and out of order: data, descriptors, id.
 * Everything can be put wrong.
 */
final class KvmStatsBytes {

  static final int NAME_SIZE = 16;
  static final int DATA_OFFSET = 32;
  static final int DATA_SIZE = 64;
  static final int DESC_OFFSET = 104;
  static final int DESC_SIZE = 16 + NAME_SIZE;

  private static final int MAX_DESCRIPTORS = 4;
  private static final int ID_OFFSET = DESC_OFFSET + MAX_DESCRIPTORS * DESC_SIZE + 8;
  private static final int FILE_SIZE = ID_OFFSET + NAME_SIZE;

  private final ByteBuffer file = ByteBuffer.allocate(FILE_SIZE).order(ByteOrder.nativeOrder());

  private int descriptors;

  KvmStatsBytes() {
    header("name_size", NAME_SIZE);
    header("id_offset", ID_OFFSET);
    header("desc_offset", DESC_OFFSET);
    header("data_offset", DATA_OFFSET);
    file.put(ID_OFFSET, ascii("kvm-1/vcpu-0"));
  }

  /** Changes one field of struct kvm_stats_header. */
  KvmStatsBytes header(String field, int value) {
    List<String> fields =
        List.of("flags", "name_size", "num_desc", "id_offset", "desc_offset", "data_offset");
    file.putInt(fields.indexOf(field) * Integer.BYTES, value);
    return this;
  }

  /** Adds a descriptor; its name may fill the field so that no NUL is left. */
  KvmStatsBytes descriptor(
      String name, int flags, int exponent, int size, int offset, int bucketSize) {
    ByteBuffer descriptor = ByteBuffer.allocate(DESC_SIZE).order(ByteOrder.nativeOrder());
    descriptor.putInt(flags).putShort((short) exponent).putShort((short) size);
    descriptor.putInt(offset).putInt(bucketSize).put(ascii(name));
    file.put(DESC_OFFSET + descriptors * DESC_SIZE, descriptor.array());
    descriptors++;
    return header("num_desc", descriptors);
  }

  /** Adds a cumulative count of one value. */
  KvmStatsBytes counter(String name, int offset) {
    return descriptor(name, 0, 0, 1, offset, 0);
  }

  KvmStatsBytes value(int offset, long value) {
    file.putLong(DATA_OFFSET + offset, value);
    return this;
  }

  KvmStatsBytes id(String id) {
    file.put(ID_OFFSET, new byte[NAME_SIZE]);
    file.put(ID_OFFSET, ascii(id));
    return this;
  }

  byte[] bytes() {
    return file.array().clone();
  }

  ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes()).order(ByteOrder.nativeOrder());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
