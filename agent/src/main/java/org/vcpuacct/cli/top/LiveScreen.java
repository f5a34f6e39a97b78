package org.vcpuacct.cli.top;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.ShutdownHooks;
import org.vcpuacct.cli.NoTerminalException;

/**
 * The terminal that the program runs on, taken over as a whole until it is closed. For one thread.
 */
final class LiveScreen implements Closeable {

  /** What a terminal has that does not tell its size, as on a serial line. */
  private static final Screen.Size USUAL_SIZE = new Screen.Size(80, 24);

  private final Terminal terminal;
  private final Attributes attributesBefore;
  private final KeyDecoder keys;
  private final Display display;
  private final ShutdownHooks.Task giveBack = this::giveBack;
  private Screen.Size size;
  private volatile boolean resized;

  private LiveScreen(Terminal terminal) {
    this.terminal = terminal;
    this.attributesBefore = terminal.enterRawMode();
    this.keys = new KeyDecoder(timeoutMs -> terminal.reader().read(timeoutMs));
    this.display = new Display(terminal, true);
    this.size = terminalSize();
  }

  /**
   * Takes the terminal over.
   *
   * @throws NoTerminalException if there is none, or none that can place its cursor
   */
  static LiveScreen open() throws IOException {
    Terminal terminal = terminal();
    if (terminal.getStringCapability(Capability.cursor_address) == null) {
      String type = terminal.getType();
      terminal.close();
      throw new NoTerminalException("a terminal of type " + type + " cannot place its cursor");
    }
    LiveScreen screen = new LiveScreen(terminal);
    screen.start();
    // The library's own task gives back the settings only; tasks run from the last to the first.
    ShutdownHooks.add(screen.giveBack);
    return screen;
  }

  private static Terminal terminal() throws IOException {
    try {
      return TerminalBuilder.builder()
          .system(true)
          .provider(TerminalBuilder.PROP_PROVIDER_EXEC)
          .dumb(false)
          .build();
    } catch (IllegalStateException e) {
      throw new NoTerminalException("standard input and output are no terminal");
    }
  }

  private void start() {
    Attributes raw = terminal.getAttributes();
    raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
    terminal.setAttributes(raw);
    terminal.handle(Terminal.Signal.WINCH, signal -> resized = true);
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    display.resize(size.rows(), size.columns());
    terminal.flush();
  }

  KeyDecoder keys() {
    return keys;
  }

  Screen.Size size() {
    return size;
  }

  /** Whether the size is another than when it was asked before. */
  boolean takeNewSize() {
    if (!resized) {
      return false;
    }
    resized = false;
    size = terminalSize();
    display.resize(size.rows(), size.columns());
    display.clear();
    return true;
  }

  private Screen.Size terminalSize() {
    org.jline.terminal.Size told = terminal.getSize();
    return told.getColumns() > 0 && told.getRows() > 0
        ? new Screen.Size(told.getColumns(), told.getRows())
        : USUAL_SIZE;
  }

  /** Shows these lines, and nothing else. */
  void show(List<AttributedString> lines) {
    // The display keeps the list, and takes lines out of it.
    display.update(new ArrayList<>(lines), 0);
  }

  /** Gives the terminal back as it was. */
  @Override
  public void close() throws IOException {
    ShutdownHooks.remove(giveBack);
    giveBack();
    terminal.close();
  }

  private void giveBack() {
    terminal.puts(Capability.cursor_visible);
    terminal.puts(Capability.exit_ca_mode);
    terminal.flush();
    terminal.setAttributes(attributesBefore);
  }
}
