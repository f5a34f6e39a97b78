package org.vcpuacct.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoReasonTest {

  private interface Attempt {
    void run() throws IOException;
  }

  @TempDir private Path folder;

  @Test
  void aFileThatIsNotThere() {
    Path missing = folder.resolve("missing");
    assertThat(reason(() -> Files.readString(missing)))
        .isEqualTo(missing + ": no such file or folder");
  }

  @Test
  void aFileWhereAFolderShouldBe() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(reason(() -> Files.createDirectories(file)))
        .isEqualTo(file + ": is there already, and no folder");
    assertThat(reason(() -> Files.readString(file.resolve("below"))))
        .isEqualTo(file.resolve("below") + ": Not a directory");
  }

  @Test
  void otherFailuresSpeakForThemselves() {
    assertThat(IoReason.of(new IOException("the disk is full"))).isEqualTo("the disk is full");
    assertThat(IoReason.of(new EOFException())).isEqualTo("java.io.EOFException");
  }

  private static String reason(Attempt attempt) {
    try {
      attempt.run();
    } catch (IOException e) {
      return IoReason.of(e);
    }
    throw new AssertionError("it did not fail");
  }
}
