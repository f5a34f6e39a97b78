package org.vcpuacct.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Parses the binary statistics of KVM_GET_STATS_FD: Documentation/virt/kvm/api.rst section 4.133,
 * Linux 5.14; struct kvm_stats_header and kvm_stats_desc of linux/kvm.h.
 *
 * <p>Every part is found by the offset given for it and every statistic by its name: neither order
 * nor adjacency is taken for granted.
 */
final class KvmStatsParser {

  private static final int HEADER_SIZE = 24;
  private static final int HEADER_NAME_SIZE = 4;
  private static final int HEADER_NUM_DESC = 8;
  private static final int HEADER_ID_OFFSET = 12;
  private static final int HEADER_DESC_OFFSET = 16;
  private static final int HEADER_DATA_OFFSET = 20;

  private static final int DESC_FLAGS = 0;
  private static final int DESC_EXPONENT = 4;
  private static final int DESC_SIZE = 6;
  private static final int DESC_OFFSET = 8;
  private static final int DESC_BUCKET_SIZE = 12;
  private static final int DESC_NAME = 16;

  private static final int TYPE_SHIFT = 0;
  private static final int UNIT_SHIFT = 4;
  private static final int BASE_SHIFT = 8;
  private static final int FLAGS_FIELD_MASK = 0xf;

  private final ByteBuffer file;

  private KvmStatsParser(ByteBuffer file) {
    this.file = file;
  }

  /**
   * @param file all bytes of a statistics file, from 0 to the limit, in the buffer's byte order
   * @throws KvmStatsFormatException if a part lies outside the file or cannot be understood
   */
  static KvmStatsLayout parse(ByteBuffer file) throws KvmStatsFormatException {
    return new KvmStatsParser(file).layout();
  }

  private KvmStatsLayout layout() throws KvmStatsFormatException {
    requireInside(0, HEADER_SIZE, "the header");
    long nameSize = unsignedInt(HEADER_NAME_SIZE);
    String id = text(unsignedInt(HEADER_ID_OFFSET), nameSize, "the id");
    long dataOffset = unsignedInt(HEADER_DATA_OFFSET);
    requireInside(dataOffset, 0, "the data block");
    Map<String, KvmStat> stats = new LinkedHashMap<>();
    for (long at : descriptorPositions(nameSize)) {
      KvmStat stat = descriptor(at, nameSize);
      requireInside(dataOffset, stat.end(), "the data of " + stat.name());
      if (stats.put(stat.name(), stat) != null) {
        throw new KvmStatsFormatException("two statistics are called " + stat.name());
      }
    }
    return new KvmStatsLayout(id, stats, dataOffset);
  }

  private long[] descriptorPositions(long nameSize) throws KvmStatsFormatException {
    long count = unsignedInt(HEADER_NUM_DESC);
    long start = unsignedInt(HEADER_DESC_OFFSET);
    long stride = DESC_NAME + nameSize;
    // Two 32-bit numbers: the product may not fit a long, and cannot fit the file then.
    if (count > file.limit()) {
      throw new KvmStatsFormatException(
          count + " descriptors cannot be in a file of " + file.limit() + " bytes");
    }
    requireInside(start, count * stride, "the array of " + count + " descriptors");
    long[] positions = new long[Math.toIntExact(count)];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = start + i * stride;
    }
    return positions;
  }

  private KvmStat descriptor(long at, long nameSize) throws KvmStatsFormatException {
    String name = text(at + DESC_NAME, nameSize, "the name of the descriptor at byte " + at);
    int flags = file.getInt(Math.toIntExact(at + DESC_FLAGS));
    return new KvmStat(
        name,
        kind((flags >>> TYPE_SHIFT) & FLAGS_FIELD_MASK),
        unit((flags >>> UNIT_SHIFT) & FLAGS_FIELD_MASK),
        base((flags >>> BASE_SHIFT) & FLAGS_FIELD_MASK),
        file.getShort(Math.toIntExact(at + DESC_EXPONENT)),
        Short.toUnsignedInt(file.getShort(Math.toIntExact(at + DESC_SIZE))),
        unsignedInt(at + DESC_OFFSET),
        unsignedInt(at + DESC_BUCKET_SIZE));
  }

  private static KvmStat.Kind kind(int code) {
    return switch (code) {
      case 0 -> KvmStat.Kind.CUMULATIVE;
      case 1 -> KvmStat.Kind.INSTANT;
      case 2 -> KvmStat.Kind.PEAK;
      case 3 -> KvmStat.Kind.LINEAR_HISTOGRAM;
      case 4 -> KvmStat.Kind.LOGARITHMIC_HISTOGRAM;
      default -> KvmStat.Kind.UNKNOWN;
    };
  }

  private static KvmStat.Unit unit(int code) {
    return switch (code) {
      case 0 -> KvmStat.Unit.NONE;
      case 1 -> KvmStat.Unit.BYTES;
      case 2 -> KvmStat.Unit.SECONDS;
      case 3 -> KvmStat.Unit.CYCLES;
      case 4 -> KvmStat.Unit.BOOLEAN;
      default -> KvmStat.Unit.UNKNOWN;
    };
  }

  private static KvmStat.Base base(int code) {
    return switch (code) {
      case 0 -> KvmStat.Base.POWER_OF_10;
      case 1 -> KvmStat.Base.POWER_OF_2;
      default -> KvmStat.Base.UNKNOWN;
    };
  }

  private String text(long start, long size, String what) throws KvmStatsFormatException {
    requireInside(start, size, what);
    byte[] field = new byte[Math.toIntExact(size)];
    file.get(Math.toIntExact(start), field);
    int length = 0;
    while (length < field.length && field[length] != 0) {
      length++;
    }
    if (length == 0 || length == field.length) {
      throw new KvmStatsFormatException(
          what + (length == 0 ? " is empty" : " has no NUL byte at its end"));
    }
    return new String(field, 0, length, StandardCharsets.UTF_8);
  }

  private long unsignedInt(long at) {
    return Integer.toUnsignedLong(file.getInt(Math.toIntExact(at)));
  }

  private void requireInside(long start, long size, String what) throws KvmStatsFormatException {
    if (start + size > file.limit()) {
      throw new KvmStatsFormatException(
          String.format(
              Locale.ROOT,
              "%s (%d bytes at byte %d) reaches beyond the end of the file at byte %d",
              what,
              size,
              start,
              file.limit()));
    }
  }
}
