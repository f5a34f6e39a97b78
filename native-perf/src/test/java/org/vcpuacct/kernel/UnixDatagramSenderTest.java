package org.vcpuacct.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against real sockets; a kernel is scripted only for errors that cannot be had on demand. */
class UnixDatagramSenderTest {

  private static final int ENOMEM = 12;
  private static final int MORE_THAN_ANY_QUEUE = 100_000;

  @TempDir private Path folder;

  private String path() {
    return folder.resolve("notify").toString();
  }

  @Test
  void aPathIsReached() throws Exception {
    assertReached(path());
  }

  @Test
  void anAbstractNameIsReached() throws Exception {
    assertReached("@vcpuacct-test-" + UUID.randomUUID());
  }

  private static void assertReached(String name) throws Exception {
    try (UnixDatagrams receiver = new UnixDatagrams(name);
        UnixDatagramSender sender = UnixDatagramSender.to(name)) {
      assertThat(sender.send("READY=1\nSTATUS=grün".getBytes(UTF_8))).isTrue();
      assertThat(sender.send("WATCHDOG=1".getBytes(UTF_8))).isTrue();

      assertThat(receiver.next()).hasValue("READY=1\nSTATUS=grün");
      assertThat(receiver.next()).hasValue("WATCHDOG=1");
      assertThat(receiver.next()).isEmpty();
    }
  }

  @Test
  void aReceiverThatReadsNothingDelaysNobody() throws Exception {
    try (UnixDatagrams receiver = new UnixDatagrams(path());
        UnixDatagramSender sender = UnixDatagramSender.to(path())) {
      int sent = 0;
      while (sent < MORE_THAN_ANY_QUEUE && sender.send(new byte[] {'x'})) {
        sent++;
      }
      assertThat(sent).isBetween(1, MORE_THAN_ANY_QUEUE - 1);

      assertThat(receiver.next()).hasValue("x");
      assertThat(sender.send(new byte[] {'y'})).as("there is room again").isTrue();
    }
  }

  @Test
  void aReceiverThatIsOpenedAnewIsReachedAgain() throws Exception {
    try (UnixDatagramSender sender = UnixDatagramSender.to(path())) {
      assertThatThrownBy(() -> sender.send(new byte[1]))
          .isInstanceOf(KernelException.class)
          .hasMessage("sendto(%s): ENOENT (no such file or directory)", path());
      new UnixDatagrams(path()).close();
      assertThatThrownBy(() -> sender.send(new byte[1]))
          .hasMessage("sendto(%s): ECONNREFUSED (nobody listens)", path());
      folder.resolve("notify").toFile().delete();
      try (UnixDatagrams receiver = new UnixDatagrams(path())) {
        assertThat(sender.send("again".getBytes(UTF_8))).isTrue();
        assertThat(receiver.next()).hasValue("again");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "notify", "vsock:2:1234"})
  void anotherKindOfAddressIsRefused(String name) {
    assertThatThrownBy(() -> UnixDatagramSender.to(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("neither an absolute path nor @NAME");
  }

  @Test
  void aNameThatIsTooLongIsRefused() throws Exception {
    UnixDatagramSender.to("/" + "n".repeat(106)).close();
    assertThatThrownBy(() -> UnixDatagramSender.to("/" + "n".repeat(107)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatFailsIsNamed() {
    ScriptedKernel kernel = new ScriptedKernel();
    ScriptedSockets sockets = new ScriptedSockets(kernel);
    sockets.failing("socket", ENOMEM);

    assertThatThrownBy(() -> UnixDatagramSender.to(kernel, sockets, "/run/notify"))
        .hasMessage("socket(AF_UNIX): ENOMEM (cannot allocate memory)");
  }

  @Test
  void closesWhatItOpened() throws Exception {
    ScriptedKernel kernel = new ScriptedKernel();
    UnixDatagramSender sender =
        UnixDatagramSender.to(kernel, new ScriptedSockets(kernel), "/run/notify");
    assertThat(kernel.openFds()).hasSize(1);
    sender.close();

    assertThat(kernel.openFds()).isEmpty();
  }
}
