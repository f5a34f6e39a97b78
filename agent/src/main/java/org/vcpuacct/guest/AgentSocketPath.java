package org.vcpuacct.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.ThreadStat;
import org.vcpuacct.host.UnixSockets;

/**
 * Where a VMM's socket is for this process, whatever the VMM's mount namespace, root and working
 * directory are.
 */
final class AgentSocketPath {

  /** The longest path that Java takes; Linux takes one byte more (UNIX_PATH_MAX, with its NUL). */
  private static final int MAX_BYTES = 106;

  private final HostRoot host;
  private final int pid;
  private final Path named;

  /**
   * @param pid the VMM's process
   * @param named the socket as the VMM names it
   */
  AgentSocketPath(HostRoot host, int pid, Path named) {
    this.host = host;
    this.pid = pid;
    this.named = named;
  }

  /**
   * A path that leads there.
   *
   * @throws GuestLoadException if there is none, or it may not be used
   */
  Path reachable() throws GuestLoadException {
    Path path = throughProcess();
    if (!Files.exists(path)) {
      throw new GuestNotAnsweringException("the guest agent's socket " + named + " is not there");
    }
    if (!Files.isWritable(path)) {
      throw new GuestRefusedException(
          "no permission for the guest agent's socket "
              + named
              + ": run the daemon as a user who may write to it");
    }
    if (path.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
      return path;
    }
    if (isSame(path, named)) {
      return named;
    }
    throw new GuestRefusedException(
        "the path of the guest agent's socket is too long: "
            + path
            + "; give the VMM a shorter one");
  }

  private Path throughProcess() {
    Path process = host.process(pid);
    return named.isAbsolute()
        ? process.resolve("root").resolve(named.getRoot().relativize(named))
        : process.resolve("cwd").resolve(named);
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }

  /** Why nothing came from there, as far as the host can tell. */
  GuestLoadException explain(GuestLoadException silence) {
    try {
      if (isStopped()) {
        return new GuestNotAnsweringException(
            "the VMM is stopped by a signal; SIGCONT makes it go on");
      }
      byte[] text = Files.readAllBytes(host.process(pid).resolve("net/unix"));
      UnixSockets sockets = UnixSockets.parse(text, named.toString());
      if (sockets.waiting() == 0) {
        return silence;
      }
      return sockets.accepted() > 0
          ? new GuestRefusedException(
              "the guest agent's socket is in use: it takes one client, and another has it")
          : new GuestNotAnsweringException("the VMM accepts no connections");
    } catch (IOException e) {
      return silence;
    }
  }

  private boolean isStopped() throws IOException {
    byte[] stat = Files.readAllBytes(host.process(pid).resolve("stat"));
    char state = ThreadStat.parse(stat, stat.length).state();
    return state == 'T' || state == 't';
  }
}
