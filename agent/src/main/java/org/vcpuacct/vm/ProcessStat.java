package org.vcpuacct.vm;

import java.io.IOException;
import org.vcpuacct.host.ThreadStat;

/**
 * A process as its first thread shows it.
 *
 * @param stat /proc/PID/stat
 * @param name {@code comm} of the process
 */
record ProcessStat(ThreadStat stat, String name) {

  private static final int MAX_BYTES = 4096;

  /**
   * Reads /proc/PID/stat.
   *
   * @throws IOException if the process has ended, or is hidden
   */
  static ProcessStat read(HostAccess host, int pid) throws IOException {
    byte[] text = host.files().read(host.root().process(pid).resolve("stat"), MAX_BYTES);
    return new ProcessStat(ThreadStat.parse(text, text.length), ThreadStat.comm(text, text.length));
  }

  /** A process whose first thread has ended lives on in the others. */
  boolean hasEnded() {
    return (stat.state() == 'Z' || stat.state() == 'X') && stat.threads() <= 1;
  }

  /** Whether the other is the same process, not a later one with its number. */
  boolean isSameProcessAs(ProcessStat other) {
    return stat.startTicks() == other.stat.startTicks();
  }
}
