package org.vcpuacct.cli.top;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A command on a pseudo-terminal of 80 columns and 24 rows, by script(1). */
final class PseudoTerminal implements Closeable {

  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

  private final Process script;
  private final Path device;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private int seen;

  /**
   * Runs a command of the shell; what it leaves of the terminal's settings is said at its end.
   *
   * @param folder for what has to be remembered meanwhile
   */
  PseudoTerminal(Path folder, String command) throws IOException {
    device = folder.resolve("tty");
    String session =
        "stty rows 24 cols 80; tty > "
            + device
            + "; before=$(stty -g); "
            + command
            + "; echo \"status $?\"; [ \"$(stty -g)\" = \"$before\" ] && echo 'as it was'";
    ProcessBuilder builder =
        new ProcessBuilder("script", "-qfc", session, "/dev/null").redirectErrorStream(true);
    builder.environment().put("TERM", "xterm-256color");
    builder.environment().put("SHELL", "/bin/sh");
    script = builder.start();
    Thread reader = new Thread(this::read, "terminal");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (InputStream in = script.getInputStream()) {
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        synchronized (written) {
          written.write(octet);
        }
      }
    } catch (IOException e) {
      // The terminal was closed meanwhile; who waits for more is told so.
      return;
    }
  }

  void press(String keys) throws IOException {
    script.getOutputStream().write(keys.getBytes(UTF_8));
    script.getOutputStream().flush();
  }

  void resize(int columns, int rows) throws Exception {
    String name = Files.readString(device).strip();
    new ProcessBuilder("stty", "-F", name, "cols", "" + columns, "rows", "" + rows)
        .inheritIO()
        .start()
        .waitFor();
  }

  /** Sends SIGTERM to the process of this program. */
  void terminate(String program) {
    ProcessHandle process =
        script
            .descendants()
            .filter(each -> each.info().command().orElse("").endsWith("/" + program))
            .findFirst()
            .orElseThrow();
    assertThat(process.destroy()).isTrue();
  }

  /** Waits until this text is written behind that which was waited for last. */
  void await(String text) throws InterruptedException {
    long endNs = System.nanoTime() + PATIENCE_NS;
    while (System.nanoTime() < endNs) {
      String all = text();
      int at = all.indexOf(text, seen);
      if (at >= 0) {
        seen = at + text.length();
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("no \"" + text + "\" in what was written: " + text().substring(seen));
  }

  private String text() {
    synchronized (written) {
      return written.toString(UTF_8);
    }
  }

  @Override
  public void close() {
    script.destroy();
  }
}
