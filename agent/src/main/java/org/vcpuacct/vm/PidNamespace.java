package org.vcpuacct.vm;

import java.io.IOException;
import java.nio.file.Path;
import org.vcpuacct.host.HostFiles;

/** Where processes and threads are numbered as the kernel itself numbers them. */
final class PidNamespace {

  /** PROC_PID_INIT_INO, include/linux/proc_ns.h. */
  private static final String FIRST = "pid:[4026531836]";

  private PidNamespace() {}

  /**
   * Whether a process is in the first PID namespace. Where that cannot be told, it is taken to be
   * so, as on most hosts.
   *
   * @param process /proc/PID
   */
  static boolean isFirst(HostFiles files, Path process) {
    try {
      return files.readLink(process.resolve("ns/pid")).equals(FIRST);
    } catch (IOException e) {
      return true;
    }
  }
}
