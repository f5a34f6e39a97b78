package org.vcpuacct.host;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The connections to one named Unix-domain socket, from /proc/PID/net/unix (proc_pid_net(5)).
 * Immutable.
 *
 * @param waiting connections that the listener has not accepted
 * @param accepted connections that it has accepted and not closed
 */
public record UnixSockets(int waiting, int accepted) {

  /**
   * Of an end without a socket yet, and of one with: net/unix/af_unix.c unix_seq_show, Linux 6.1.
   */
  private static final String CONNECTING = "02";

  private static final String CONNECTED = "03";

  /** Num, RefCount, Protocol, Flags, Type, St, Inode and the path, which may have spaces in it. */
  private static final Pattern LINE = Pattern.compile("\\S+ \\S+ \\S+ \\S+ \\S+ (\\S+) +\\d+ (.*)");

  /**
   * Parses the file's content. Lines of another form are passed over: a path may have any character
   * in it.
   *
   * @param path the socket's, as the listener has bound it
   */
  public static UnixSockets parse(byte[] text, String path) {
    int waiting = 0;
    int accepted = 0;
    for (String line : new String(text, StandardCharsets.UTF_8).lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (line.endsWith(path) && matcher.matches() && matcher.group(2).equals(path)) {
        waiting += matcher.group(1).equals(CONNECTING) ? 1 : 0;
        accepted += matcher.group(1).equals(CONNECTED) ? 1 : 0;
      }
    }
    return new UnixSockets(waiting, accepted);
  }
}
