package org.vcpuacct.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vcpuacct.host.Text.bytes;

import org.junit.jupiter.api.Test;

class CommandLineTest {

  @Test
  void keepsEmptyArguments() {
    assertThat(CommandLine.parse(bytes("lkvm\0run\0--params\0\0")).arguments())
        .containsExactly("lkvm", "run", "--params", "");
  }

  @Test
  void acceptsATitleThatTheProcessWrote() {
    assertThat(CommandLine.parse(bytes("sshd: root@pts/0")).arguments())
        .containsExactly("sshd: root@pts/0");
  }

  @Test
  void replacesWhatIsNotUtf8() {
    assertThat(CommandLine.parse(new byte[] {'a', (byte) 0xff, 'b', 0}).arguments())
        .containsExactly("a\ufffdb");
  }

  @Test
  void isEmptyForAKernelThread() {
    assertThat(CommandLine.parse(new byte[0]).arguments()).isEmpty();
  }
}
