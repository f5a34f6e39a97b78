package org.vcpuacct.host;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a process, from /proc/PID/cmdline (proc_pid_cmdline(5)). Immutable.
 *
 * <p>A process can write what it likes there, so any content is accepted; bytes that are not UTF-8
 * are replaced.
 *
 * @param arguments the arguments, the program's name first; empty for a kernel thread or a zombie
 */
public record CommandLine(List<String> arguments) {

  public CommandLine {
    arguments = List.copyOf(arguments);
  }

  /** Parses the file's content: arguments that each end with a NUL byte. */
  public static CommandLine parse(byte[] text) {
    List<String> arguments = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == 0) {
        arguments.add(new String(text, start, i - start, StandardCharsets.UTF_8));
        start = i + 1;
      }
    }
    if (start < text.length) {
      arguments.add(new String(text, start, text.length - start, StandardCharsets.UTF_8));
    }
    return new CommandLine(arguments);
  }
}
