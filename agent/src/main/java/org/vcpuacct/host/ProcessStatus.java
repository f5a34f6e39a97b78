package org.vcpuacct.host;

import java.nio.charset.StandardCharsets;

/**
 * To which process a thread belongs, from /proc/TID/status (proc_pid_status(5)). Immutable.
 *
 * @param threadGroupId the process of the thread
 */
public record ProcessStatus(int threadGroupId) {

  private static final String FILE = "/proc/PID/status";

  /** Parses the file's content. */
  public static ProcessStatus parse(byte[] text) throws MalformedProcFileException {
    for (String line : new String(text, StandardCharsets.UTF_8).lines().toList()) {
      if (line.startsWith("Tgid:")) {
        byte[] value = line.substring("Tgid:".length()).getBytes(StandardCharsets.UTF_8);
        return new ProcessStatus(new AsciiFields(FILE, value, 0, value.length).nextInt("Tgid"));
      }
    }
    throw new MalformedProcFileException(FILE, "no Tgid", text, text.length);
  }
}
