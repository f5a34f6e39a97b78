package org.vcpuacct.guest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A guest agent that does what a real one does not: it takes one client after the other. */
final class FakeAgent implements Closeable {

  /** How it answers. */
  @FunctionalInterface
  interface Script {

    /**
     * Answers one line of a client.
     *
     * @param command what the client wrote, from the last sentinel on
     * @param out to the client
     */
    void answer(String command, OutputStream out) throws IOException, InterruptedException;
  }

  private static final int SENTINEL = 0xFF;

  private final Path path;
  private final ServerSocketChannel server;
  private final Script script;
  private final Thread thread = new Thread(this::serve, "fake agent");
  private final List<String> commands = Collections.synchronizedList(new ArrayList<>());

  FakeAgent(Path path, Script script) throws IOException {
    this.path = path;
    this.script = script;
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path), 1);
    thread.setDaemon(true);
    thread.start();
  }

  Path path() {
    return path;
  }

  /** What clients have asked, without what synchronises. */
  List<String> commands() {
    synchronized (commands) {
      return List.copyOf(commands);
    }
  }

  private void serve() {
    while (server.isOpen()) {
      try (SocketChannel client = server.accept()) {
        converse(client);
      } catch (IOException e) {
        // The client has gone, as clients do: to the next.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void converse(SocketChannel client) throws IOException, InterruptedException {
    InputStream in = Channels.newInputStream(client);
    OutputStream out = Channels.newOutputStream(client);
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == SENTINEL) {
        line.setLength(0);
      } else if (next == '\n') {
        note(line.toString());
        script.answer(line.toString(), out);
        line.setLength(0);
      } else {
        line.append((char) next);
      }
    }
  }

  private void note(String command) {
    if (!command.contains("guest-sync-delimited")) {
      commands.add(command);
    }
  }

  /** Answers what synchronises as a real agent does, and the rest by a script. */
  static Script synchronised(Script rest) {
    return (command, out) -> {
      if (command.contains("guest-sync-delimited")) {
        out.write(SENTINEL);
        send(out, "{\"return\":" + syncId(command) + "}\n");
      } else {
        rest.answer(command, out);
      }
    };
  }

  /** The number in a guest-sync-delimited. */
  static long syncId(String command) {
    return Long.parseLong(command.replaceAll("\\D", ""));
  }

  static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    server.close();
    thread.interrupt();
  }
}
