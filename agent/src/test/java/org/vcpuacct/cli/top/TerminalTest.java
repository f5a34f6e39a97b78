package org.vcpuacct.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.export.http.HttpServer;

/** The command as an operator has it: on a terminal, by its keys. */
@Timeout(120)
class TerminalTest {

  private static final String ALTERNATE_SCREEN = "\u001b[?1049h";
  private static final String OWN_SCREEN = "\u001b[?1049l";

  @TempDir private Path folder;

  @Test
  void showsWhatKeysAskForAndGivesTheTerminalBack() throws Exception {
    try (HttpServer daemon = ServedDocuments.on(folder.resolve("s"));
        PseudoTerminal terminal = new PseudoTerminal(folder, command())) {
      assertThat(daemon).isNotNull();
      terminal.await(ALTERNATE_SCREEN);
      terminal.await("kvm-17");
      terminal.await("where time went");
      terminal.press("3");
      terminal.await("external");
      terminal.press("?");
      terminal.await("sort by contention");
      terminal.press(" ");
      terminal.press("\u001b[B\t");
      terminal.await("% of time");
      terminal.press("1");
      terminal.resize(120, 30);
      terminal.await("steal%");
      terminal.press("/sgw\r");
      terminal.await("sgw");
      terminal.press("q");
      terminal.await(OWN_SCREEN);
      terminal.await("status 0");
      terminal.await("as it was");
    }
  }

  @Test
  void aDaemonThatGoesAwayIsSaidAndAwaited() throws Exception {
    Path socket = folder.resolve("s");
    HttpServer daemon = ServedDocuments.on(socket);
    try (PseudoTerminal terminal = new PseudoTerminal(folder, command())) {
      terminal.await("where time went");
      daemon.close();
      terminal.await("the daemon does not run");
      daemon = ServedDocuments.on(socket);
      terminal.await("q quit");
      terminal.press("\u0003");
      terminal.await("status 0");
    } finally {
      daemon.close();
    }
  }

  @Test
  void aSignalThatEndsItGivesTheTerminalBack() throws Exception {
    try (HttpServer daemon = ServedDocuments.on(folder.resolve("s"));
        PseudoTerminal terminal = new PseudoTerminal(folder, command())) {
      assertThat(daemon).isNotNull();
      terminal.await("where time went");
      terminal.terminate("java");
      terminal.await(OWN_SCREEN);
      terminal.await("status 143");
      terminal.await("as it was");
    }
  }

  private String command() {
    return String.join(
        " ",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        "org.vcpuacct.Main",
        "top",
        "--interval=0.2",
        "--socket",
        folder.resolve("s").toString());
  }
}
