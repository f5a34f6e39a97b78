package org.vcpuacct.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vcpuacct.host.Text.bytes;

import org.junit.jupiter.api.Test;

class ProcessStatusTest {

  private static final String STATUS =
      "Name:\tCPU 0/KVM\nTgid:\t1001\nVmSwap:\t  512 kB\nCpus_allowed_list:\t0-3,8\n";

  @Test
  void readsWhatIsAskedFor() throws Exception {
    ProcessStatus status = ProcessStatus.parse(bytes(STATUS));

    assertThat(status.threadGroupId()).isEqualTo(1001);
    assertThat(status.allowedCpus()).contains("0-3,8");
    assertThat(status.swappedKib()).hasValue(512);
  }

  @Test
  void aKernelThreadHasNoMemory() throws Exception {
    assertThat(ProcessStatus.parse(bytes("Tgid:\t2\n")).swappedKib()).isEmpty();
  }

  @Test
  void aFieldThatIsNotAskedForMayBeMalformed() throws Exception {
    ProcessStatus status = ProcessStatus.parse(bytes(STATUS.replace("512", "much")));

    assertThat(status.threadGroupId()).isEqualTo(1001);
    assertThatThrownBy(status::swappedKib).isInstanceOf(MalformedProcFileException.class);
  }
}
