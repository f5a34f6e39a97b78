package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KcmpTest {

  @Test
  void aDuplicateIsTheSameFileAndASecondOpenIsNot() throws Exception {
    int pid = TestLibC.currentPid();
    try (OwnedFd first = TestLibC.openFile("/dev/null", TestLibC.O_RDONLY);
        OwnedFd second = TestLibC.openFile("/dev/null", TestLibC.O_RDONLY);
        OwnedFd copy = new OwnedFd(NativeAccess.systemCalls(), TestLibC.dup(first.number()))) {
      assertThat(Kcmp.sameFile(pid, first.number(), copy.number())).isTrue();
      assertThat(Kcmp.sameFile(pid, first.number(), second.number())).isFalse();
      assertThat(Kcmp.sameFile(pid, second.number(), first.number())).isFalse();
    }
  }

  @Test
  void aMissingDescriptorIsNamed() {
    int pid = TestLibC.currentPid();

    assertThatThrownBy(() -> Kcmp.sameFile(pid, 0, 1_000_000))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF))
        .hasMessageStartingWith("kcmp(process %d, fd 0, fd 1000000): ", pid);
  }

  @ParameterizedTest
  @CsvSource({"38, CONFIG_KCMP", "1, CAP_SYS_PTRACE"})
  void anErrorSaysWhatWouldMendIt(int errno, String remedy) {
    ScriptedKernel kernel = new ScriptedKernel().failing("kcmp", 1, errno);

    assertThatThrownBy(() -> Kcmp.sameFile(kernel, 1, 3, 4))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining(remedy);
  }
}
