package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelExceptionTest {

  @Test
  void theMessageNamesCallErrorAndRemedy() {
    assertThat(new KernelException("kcmp(process 1)", Errno.EPERM, "needs CAP_SYS_PTRACE"))
        .hasMessage("kcmp(process 1): EPERM (operation not permitted): needs CAP_SYS_PTRACE");
  }

  @Test
  void anErrorWithoutANameKeepsItsNumber() {
    KernelException exception = new KernelException("read(7)", 999);

    assertThat(exception).hasMessage("read(7): errno 999");
    assertThat(exception.errno()).isEqualTo(999);
  }
}
