package org.vcpuacct.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against another process: within one, a lock is not asked for twice. */
class InstanceLockTest {

  private static final int FREE = 0;
  private static final int IN_USE = 7;

  @TempDir private Path folder;

  /** Takes the lock of the folder that it is told. */
  static final class Other {

    private Other() {}

    public static void main(String[] arguments) throws Exception {
      try (InstanceLock lock = InstanceLock.take(Path.of(arguments[0]))) {
        System.exit(lock == null ? 1 : FREE);
      } catch (InUseException e) {
        System.out.println(e.getMessage());
        System.exit(IN_USE);
      }
    }
  }

  private int statusOfAnother(Path stateDir) throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName(),
                stateDir.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return other.exitValue();
  }

  @Test
  void onlyOneProcessHasIt() throws Exception {
    Path stateDir = folder.resolve("state");
    try (InstanceLock lock = InstanceLock.take(stateDir)) {
      assertThat(lock).isNotNull();
      assertThat(statusOfAnother(stateDir)).isEqualTo(IN_USE);
      assertThat(Files.readString(folder.resolve("said")))
          .contains("process " + ProcessHandle.current().pid(), stateDir.toString());
    }
    assertThat(statusOfAnother(stateDir)).isEqualTo(FREE);
  }

  @Test
  void aFolderThatCannotBeMadeIsSaid() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> InstanceLock.take(file.resolve("state")))
        .isInstanceOf(java.io.IOException.class)
        .isNotInstanceOf(InUseException.class);
  }
}
