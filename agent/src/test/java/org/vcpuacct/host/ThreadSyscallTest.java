package org.vcpuacct.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vcpuacct.host.Text.bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadSyscallTest {

  @Test
  void readsTheArguments() throws Exception {
    assertThat(
            ThreadSyscall.parse(
                bytes("16 0xe 0xae80 0x0 0xa3d70a3d70a3d70b 0x0 0x640 0x7f9d99ab5530 0x7f9d\n")))
        .contains(new ThreadSyscall(0xe, 0xae80));
  }

  @Test
  void readsTheLargestRegister() throws Exception {
    assertThat(ThreadSyscall.parse(bytes("0 0xffffffffffffffff 0x0 0x0 0x0 0x0 0x0 0x0 0x0\n")))
        .contains(new ThreadSyscall(-1, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"running\n", "-1 0x7ffd 0x7f9d\n"})
  void isEmptyOutsideASystemCall(String text) throws Exception {
    assertThat(ThreadSyscall.parse(bytes(text))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "16 0xe 0xae80", "16 e ae80 0 0 0 0 0 0", "16 0x 0x 0 0 0 0 0 0"})
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> ThreadSyscall.parse(bytes(text)))
        .isInstanceOf(MalformedProcFileException.class)
        .hasMessageStartingWith("/proc/PID/task/TID/syscall: ");
  }
}
