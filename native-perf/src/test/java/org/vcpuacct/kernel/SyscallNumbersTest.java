package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SyscallNumbersTest {

  @Test
  void theVirtualMachineHasTwoNamesForOneArchitecture() throws Exception {
    assertThat(SyscallNumbers.of("Linux", "amd64")).isEqualTo(SyscallNumbers.of("Linux", "x86_64"));
  }

  @Test
  void arm64HasNumbersOfItsOwn() throws Exception {
    // __NR_* of include/uapi/asm-generic/unistd.h
    assertThat(SyscallNumbers.of("Linux", "aarch64"))
        .isEqualTo(new SyscallNumbers(241, 272, 434, 438));
  }

  @Test
  void anotherArchitectureIsNamed() {
    assertThatThrownBy(() -> SyscallNumbers.of("Linux", "riscv64"))
        .isInstanceOf(NativeUnavailableException.class)
        .hasMessageContaining("x86_64 and aarch64, not for riscv64");
  }

  @Test
  void anotherSystemIsNamed() {
    assertThatThrownBy(() -> SyscallNumbers.of("Mac OS X", "aarch64"))
        .isInstanceOf(NativeUnavailableException.class)
        .hasMessageContaining("not available on Mac OS X");
  }
}
