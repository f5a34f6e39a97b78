package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResourceLimitTest {

  @Test
  void openFilesAreWhatTheKernelShowsInProc() throws Exception {
    String line =
        Files.readAllLines(Path.of("/proc/self/limits")).stream()
            .filter(l -> l.startsWith("Max open files"))
            .findFirst()
            .orElseThrow();
    String[] words = line.split(" +", -1);

    assertThat(ResourceLimit.openFiles())
        .isEqualTo(new ResourceLimit(limit(words[3]), limit(words[4])));
  }

  private static long limit(String word) {
    return word.equals("unlimited") ? ResourceLimit.UNLIMITED : Long.parseLong(word);
  }

  @Test
  void infinityIsUnlimited() throws Exception {
    byte[] limits = new byte[16];
    Arrays.fill(limits, 8, 16, (byte) 0xff);

    assertThat(ResourceLimit.openFiles(new ScriptedKernel().withFile(limits)))
        .isEqualTo(new ResourceLimit(0, ResourceLimit.UNLIMITED));
  }

  @Test
  void aFailedCallIsNamed() {
    ScriptedKernel kernel = new ScriptedKernel().failing("getrlimit", 1, Errno.EPERM);

    assertThatThrownBy(() -> ResourceLimit.openFiles(kernel))
        .isInstanceOf(KernelException.class)
        .hasMessage("getrlimit(RLIMIT_NOFILE): EPERM (operation not permitted)");
  }
}
