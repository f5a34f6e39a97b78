package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PidFdTest {

  private static Process startSleep() throws IOException {
    return new ProcessBuilder("sleep", "60").start();
  }

  private static int pidOf(Process process) {
    return Math.toIntExact(process.pid());
  }

  @Test
  void aProcessIsAliveUntilItEnds() throws Exception {
    Process sleep = startSleep();
    try (PidFd pidFd = PidFd.open(pidOf(sleep))) {
      assertThat(pidFd.pid()).isEqualTo(pidOf(sleep));
      assertThat(pidFd.alive()).isTrue();
      sleep.destroyForcibly().waitFor();

      assertThat(pidFd.alive()).isFalse();
    } finally {
      sleep.destroyForcibly();
    }
  }

  @Test
  void anEndedProcessIsNoSuchProcess() throws Exception {
    Process sleep = startSleep();
    sleep.destroyForcibly().waitFor();

    assertThatThrownBy(() -> PidFd.open(pidOf(sleep)))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ESRCH))
        .hasMessage("pidfd_open(%d): ESRCH (no such process)", sleep.pid());
  }

  @Test
  void aThreadIsNotAProcess() throws Exception {
    try (KernelThread thread = KernelThread.looping(Thread::onSpinWait)) {
      assertThatThrownBy(() -> PidFd.open(thread.tid())).isInstanceOf(KernelException.class);
    }
  }

  @Test
  void aDescriptorThatTheProcessDoesNotHaveIsNamed() throws Exception {
    try (PidFd self = PidFd.open(TestLibC.currentPid())) {
      assertThatThrownBy(() -> self.duplicate(1_000_000))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF))
          .hasMessageStartingWith("pidfd_getfd(process %d, fd 1000000): ", self.pid());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pidfd_open, 38, needs Linux 5.3",
    "pidfd_getfd, 38, needs Linux 5.6",
    "pidfd_getfd, 1, needs CAP_SYS_PTRACE",
    "pidfd_getfd, 24, raise RLIMIT_NOFILE",
  })
  void anErrorSaysWhatWouldMendIt(String call, int errno, String remedy) {
    ScriptedKernel kernel = new ScriptedKernel().failing(call, 1, errno);

    assertThatThrownBy(
            () -> {
              try (PidFd owner = PidFd.open(kernel, 1)) {
                owner.duplicate(7);
              }
            })
        .isInstanceOfSatisfying(KernelException.class, e -> assertThat(e.errno()).isEqualTo(errno))
        .hasMessageContaining(remedy);
    assertThat(kernel.openFds()).isEmpty();
  }

  @Test
  void aClosedOneIsNotAsked() throws Exception {
    PidFd self = PidFd.open(TestLibC.currentPid());
    self.close();
    self.close();

    assertThatThrownBy(self::alive).isInstanceOf(IllegalStateException.class);
  }
}
