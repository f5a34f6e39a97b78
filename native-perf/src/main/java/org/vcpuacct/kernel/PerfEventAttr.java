package org.vcpuacct.kernel;

import java.nio.ByteBuffer;

/**
 * struct perf_event_attr of linux/perf_event.h, as far as counting needs it.
 *
 * <p>All of that lies in the first published form of the struct (PERF_ATTR_SIZE_VER0), which every
 * kernel accepts; it takes the fields behind as zero.
 */
final class PerfEventAttr {

  static final int SIZE_VER0 = 64;

  static final int TYPE_OFFSET = 0;
  static final int SIZE_OFFSET = 4;
  static final int CONFIG_OFFSET = 8;
  static final int READ_FORMAT_OFFSET = 32;
  static final int FLAGS_OFFSET = 40;

  static final long FORMAT_TOTAL_TIME_ENABLED = 1 << 0;
  static final long FORMAT_TOTAL_TIME_RUNNING = 1 << 1;
  static final long FORMAT_GROUP = 1 << 3;

  static final long FLAG_DISABLED = 1 << 0;

  private PerfEventAttr() {}

  /**
   * A counter that takes no samples, in user and kernel mode, of this thread and not of those it
   * makes.
   *
   * @param disabled whether it waits for PERF_EVENT_IOC_ENABLE
   */
  static NativeBuffer counting(PerfEvent event, boolean disabled) {
    NativeBuffer attr = NativeBuffer.allocate(SIZE_VER0);
    ByteBuffer fields = attr.bytes();
    fields.putInt(TYPE_OFFSET, event.type());
    fields.putInt(SIZE_OFFSET, SIZE_VER0);
    fields.putLong(CONFIG_OFFSET, event.config());
    fields.putLong(
        READ_FORMAT_OFFSET, FORMAT_GROUP | FORMAT_TOTAL_TIME_ENABLED | FORMAT_TOTAL_TIME_RUNNING);
    fields.putLong(FLAGS_OFFSET, disabled ? FLAG_DISABLED : 0);
    return attr;
  }
}
