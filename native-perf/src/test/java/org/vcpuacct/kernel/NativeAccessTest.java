package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeAccessTest {

  private static final String PROBLEM =
      "JNA cannot load its native library: Could not find JNA native support: start java with"
          + " -Djna.tmpdir=DIR, where DIR is writable and not mounted noexec";

  @Test
  void nativeCodeLoadsHere() {
    assertThatCode(NativeAccess::require).doesNotThrowAnyException();
  }

  // A virtual machine decides once whether JNA loads: it takes another one to see it fail.
  @Test
  void withoutTheLibraryEveryCallSaysWhatToSetAndProcFilesAreReadAllTheSame() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djna.nounpack=true",
                "-cp",
                System.getProperty("java.class.path"),
                WithoutNativeCode.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(output.lines()).containsExactly(PROBLEM, PROBLEM, "read schedstat");
    assertThat(process.waitFor()).isZero();
  }

  /** What that other virtual machine runs. */
  static final class WithoutNativeCode {

    private WithoutNativeCode() {}

    public static void main(String[] args) throws IOException {
      try {
        NativeAccess.require();
      } catch (NativeUnavailableException e) {
        System.out.println(e.getMessage());
      }
      try {
        PerfEventGroup.open(1, List.of(PerfEvent.tracepoint("kvm:kvm_exit", 1)));
      } catch (NativeUnavailableException e) {
        System.out.println(e.getMessage());
      }
      ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
      try (ProcFile schedstat = ProcFile.open(Path.of("/proc/self/schedstat"))) {
        schedstat.read(buffer);
        System.out.println("read " + schedstat.path().getFileName());
      }
    }
  }
}
