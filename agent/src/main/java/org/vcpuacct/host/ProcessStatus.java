package org.vcpuacct.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What /proc/PID/status says of a process or thread (proc_pid_status(5); fs/proc/array.c
 * proc_pid_status, Linux 6.1). Immutable.
 *
 * @param threadGroupId the process of the thread
 * @param allowedCpus host CPUs on which it may run, as a list: {@code 0-3,8}; empty if not told
 * @param swappedKib memory of the process that is swapped out, KiB; empty for a kernel thread
 */
public record ProcessStatus(
    int threadGroupId, Optional<String> allowedCpus, OptionalLong swappedKib) {

  private static final String FILE = "/proc/PID/status";

  /** Parses the file's content. */
  public static ProcessStatus parse(byte[] text) throws MalformedProcFileException {
    Optional<String> threadGroupId = field(text, "Tgid");
    if (threadGroupId.isEmpty()) {
      throw new MalformedProcFileException(FILE, "no Tgid", text, text.length);
    }
    Optional<String> swapped = field(text, "VmSwap");
    return new ProcessStatus(
        numbers(threadGroupId.get()).nextInt("Tgid"),
        field(text, "Cpus_allowed_list"),
        swapped.isPresent()
            ? OptionalLong.of(numbers(swapped.get()).nextCount("VmSwap"))
            : OptionalLong.empty());
  }

  private static Optional<String> field(byte[] text, String name) {
    return new String(text, UTF_8)
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  private static AsciiFields numbers(String value) {
    byte[] text = value.getBytes(UTF_8);
    return new AsciiFields(FILE, text, 0, text.length);
  }
}
