package org.vcpuacct.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vcpuacct.host.Text.bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadStatTest {

  /** The fields behind comm of a QEMU vCPU thread, with figures that tell the fields apart. */
  private static final String FIELDS =
      " R 1 7464 7464 0 -1 138412224 257 0 0 0 500 213 0 0 20 -5 6 0 144225 440713216 6696"
          + " 18446744073709551615 94136284299264 94136290159701 140733647522672 0 0 0 2147219511"
          + " 3674112 16963 0 0 0 -1 3 9 1 0 480 0 94136293271800 94136298475952 94136643690496"
          + " 140733647526199 140733647526413 140733647526413 140733647527900 0\n";

  @Test
  void readsTheFieldsOfAThread() throws Exception {
    byte[] text = bytes("7468 (CPU 0/KVM)" + FIELDS);

    assertThat(ThreadStat.parse(text, text.length))
        .isEqualTo(new ThreadStat('R', 1, 138_412_224, 500, 213, 6, 144_225, 3, 1, 480));
    assertThat(ThreadStat.comm(text, text.length)).isEqualTo("CPU 0/KVM");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a) R 1 (b", ")", "(", "))((", "", "1 2 3", "naïve", "a\nb"})
  void readsAnyName(String name) throws Exception {
    byte[] text = bytes("7468 (" + name + ")" + FIELDS);

    assertThat(ThreadStat.comm(text, text.length)).isEqualTo(name);
    assertThat(ThreadStat.parse(text, text.length).startTicks()).isEqualTo(144_225);
  }

  @Test
  void tellsThreadsThatTheKernelMade() throws Exception {
    assertThat(withFlags(0x0020_8040).isKernelThread()).isTrue();
    assertThat(withFlags(0x0040_0040).isKernelThread()).isFalse();
    // kvm-nx-lpage-recovery of Linux 6.18, and an io_uring worker of Linux 6.1
    assertThat(withFlags(138_428_608).isUserWorker()).isTrue();
    assertThat(withFlags(0x0040_0050).isUserWorker()).isTrue();
    assertThat(withFlags(138_412_224).isUserWorker()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7468", "7468 (CPU 0/KVM", "7468 (x)", "7468 (x) R", "7468 (x) RR 1"})
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> ThreadStat.parse(bytes(text), text.length()))
        .isInstanceOf(MalformedProcFileException.class)
        .hasMessageStartingWith("/proc/PID/task/TID/stat: ");
  }

  private static ThreadStat withFlags(int flags) throws MalformedProcFileException {
    byte[] text = bytes("7468 (x)" + FIELDS.replace("138412224", Integer.toString(flags)));
    return ThreadStat.parse(text, text.length);
  }
}
