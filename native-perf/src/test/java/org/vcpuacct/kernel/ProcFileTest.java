package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ProcFileTest {

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(4096);

  @TempDir private Path directory;

  private static Path fileOf(KernelThread thread, String name) {
    return Path.of("/proc/self/task/" + thread.tid(), name);
  }

  private String content() {
    return StandardCharsets.US_ASCII.decode(buffer.duplicate()).toString();
  }

  @Test
  @Timeout(60)
  void everyReadShowsTheFileAsItIsThen() throws Exception {
    try (KernelThread thread = KernelThread.looping(TestLibC::getppid);
        ProcFile schedstat = ProcFile.open(fileOf(thread, "schedstat"))) {
      schedstat.read(buffer);
      assertThat(content()).matches("\\d+ \\d+ \\d+\n");
      long before = runtimeNs(content());

      // The kernel posts a running thread's time at the next tick or switch; the timeout is the
      // assertion that it is seen.
      while (runtimeNs(content()) == before) {
        schedstat.read(buffer);
      }
      assertThat(runtimeNs(content())).isGreaterThan(before);
    }
  }

  private static long runtimeNs(String schedstat) {
    return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
  }

  @Test
  void shorterContentLeavesNothingOfTheLongerBefore() throws IOException {
    Path path = Files.writeString(directory.resolve("file"), "a long line\n");
    try (ProcFile file = ProcFile.open(path)) {
      file.read(buffer);
      Files.writeString(path, "short\n");
      file.read(buffer);

      assertThat(content()).isEqualTo("short\n");
    }
  }

  @Test
  void anEmptyFileReadsAsNoBytes() throws IOException {
    try (ProcFile file = ProcFile.open(Files.createFile(directory.resolve("empty")))) {
      file.read(buffer);

      assertThat(buffer.remaining()).isZero();
    }
  }

  @Test
  void theEndOfTheThreadIsNoSuchProcess() throws Exception {
    KernelThread thread = KernelThread.looping(TestLibC::getppid);
    Path path = fileOf(thread, "stat");
    try (ProcFile stat = ProcFile.open(path)) {
      thread.close();

      assertThatThrownBy(() -> stat.read(buffer))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ESRCH))
          .hasMessage("pread(%s): ESRCH (no such process)", path);
    } finally {
      thread.close();
    }
  }

  @Test
  void aFailureOfAnotherKindNamesTheFile() throws IOException {
    // Address 0 of this process is not mapped: the open succeeds, the read does not.
    Path path = Path.of("/proc/self/mem");
    try (ProcFile memory = ProcFile.open(path)) {
      assertThatThrownBy(() -> memory.read(buffer))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(KernelException.class)
          .hasMessageStartingWith("pread(/proc/self/mem): ");
    }
  }

  @Test
  void aFileThatFillsTheBufferIsRefused() throws IOException {
    Path path = Files.writeString(directory.resolve("large"), "x".repeat(64));
    try (ProcFile file = ProcFile.open(path)) {
      assertThatThrownBy(() -> file.read(ByteBuffer.allocateDirect(64)))
          .isInstanceOf(IOException.class)
          .hasMessage("%s does not fit in 64 bytes", path);
    }
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> ProcFile.open(Path.of("/proc/self/task/1/stat")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage("/proc/self/task/1/stat");
  }

  @Test
  void aClosedFileIsNotRead() throws IOException {
    ProcFile file = ProcFile.open(Path.of("/proc/self/stat"));
    file.close();
    file.close();

    assertThatThrownBy(() -> file.read(buffer)).isInstanceOf(ClosedChannelException.class);
  }
}
