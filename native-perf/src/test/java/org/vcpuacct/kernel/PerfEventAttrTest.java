package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Byte positions are those of struct perf_event_attr in include/uapi/linux/perf_event.h. */
class PerfEventAttrTest {

  private static byte[] bytesOf(boolean disabled) {
    PerfEvent event = PerfEvent.tracepoint("kvm:kvm_exit", 0x0102_0304_0506_0708L);
    byte[] bytes = new byte[PerfEventAttr.SIZE_VER0];
    PerfEventAttr.counting(event, disabled).bytes().get(0, bytes);
    return bytes;
  }

  private static byte[] expected(int flags) {
    return ByteBuffer.allocate(64)
        .order(ByteOrder.nativeOrder())
        .putInt(2) // type: PERF_TYPE_TRACEPOINT
        .putInt(64) // size: PERF_ATTR_SIZE_VER0
        .putLong(0x0102_0304_0506_0708L) // config
        .putLong(0) // sample_period: none
        .putLong(0) // sample_type
        .putLong(0b1011) // read_format: GROUP, TOTAL_TIME_RUNNING, TOTAL_TIME_ENABLED
        .putLong(flags)
        .array();
  }

  @Test
  void theLeaderStartsDisabled() {
    assertThat(bytesOf(true)).isEqualTo(expected(1));
  }

  @Test
  void theOthersFollowTheLeader() {
    assertThat(bytesOf(false)).isEqualTo(expected(0));
  }
}
