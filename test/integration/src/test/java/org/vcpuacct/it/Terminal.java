package org.vcpuacct.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A terminal on a host, by tmux(1), with one command on it: what is seen there, and keys. */
final class Terminal implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Says how the command ended, and whether it left the terminal's settings as they were. */
  private static final String SESSION =
      "before=$(stty -g); %s; echo \"status $?\";"
          + " [ \"$(stty -g)\" = \"$before\" ] && echo 'as it was'; read -r _";

  private final Host host;
  private final String socket;

  private Terminal(Host host, String socket) {
    this.host = host;
    this.socket = socket;
  }

  /** Opens one of so many columns and rows, and begins the command on it. */
  static Terminal open(Host host, int columns, int rows, List<String> words) {
    String command = words.stream().map(Terminal::quoted).collect(Collectors.joining(" "));
    String session = host.put("terminal.sh", SESSION.formatted(command));
    Terminal terminal = new Terminal(host, host.newStateDir() + ".tmux");
    String[] size = {"-x", Integer.toString(columns), "-y", Integer.toString(rows)};
    terminal.tmux("new-session", "-d", size[0], size[1], size[2], size[3], "sh", session);
    Evidence.from(terminal, terminal::screen);
    return terminal;
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** Presses keys, as tmux calls them: a character stands for itself. */
  void press(String... keys) {
    List<String> words = new ArrayList<>(List.of("send-keys"));
    words.addAll(List.of(keys));
    tmux(words.toArray(String[]::new));
  }

  /** What is seen now, a line each row. */
  String screen() {
    return tmux("capture-pane", "-p").out();
  }

  /** What is seen, as soon as this is part of it. */
  String await(String text) {
    Await.until("\"" + text + "\" on the terminal", LIMIT, () -> screen().contains(text));
    return screen();
  }

  private Program.Result tmux(String... arguments) {
    List<String> words = new ArrayList<>(List.of("tmux", "-f", "/dev/null", "-S", socket));
    words.addAll(List.of(arguments));
    return host.run(words.toArray(String[]::new)).orFail();
  }

  @Override
  public void close() {
    Evidence.lastFrom(this);
    tmux("kill-server");
  }

  @Override
  public String toString() {
    return "terminal";
  }
}
