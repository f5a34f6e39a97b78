package org.vcpuacct.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What /proc/PID/status says of a process or thread (proc_pid_status(5); fs/proc/array.c
 * proc_pid_status, Linux 6.1). Looks for what is asked of it only. Immutable.
 */
public final class ProcessStatus {

  private static final String FILE = "/proc/PID/status";

  private final String text;
  private final int threadGroupId;

  private ProcessStatus(String text, int threadGroupId) {
    this.text = text;
    this.threadGroupId = threadGroupId;
  }

  /** Parses the file's content. */
  public static ProcessStatus parse(byte[] text) throws MalformedProcFileException {
    String lines = new String(text, UTF_8);
    Optional<String> threadGroupId = field(lines, "Tgid");
    if (threadGroupId.isEmpty()) {
      throw new MalformedProcFileException(FILE, "no Tgid", text, text.length);
    }
    return new ProcessStatus(lines, numbers(threadGroupId.get()).nextInt("Tgid"));
  }

  /** The process of the thread. */
  public int threadGroupId() {
    return threadGroupId;
  }

  /** Host CPUs on which it may run, as a list: {@code 0-3,8}; empty if not told. */
  public Optional<String> allowedCpus() {
    return field(text, "Cpus_allowed_list");
  }

  /** Memory of the process that is swapped out, KiB; empty for a kernel thread. */
  public OptionalLong swappedKib() throws MalformedProcFileException {
    Optional<String> swapped = field(text, "VmSwap");
    return swapped.isPresent()
        ? OptionalLong.of(numbers(swapped.get()).nextCount("VmSwap"))
        : OptionalLong.empty();
  }

  private static Optional<String> field(String lines, String name) {
    return lines
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  private static AsciiFields numbers(String value) {
    byte[] digits = value.getBytes(UTF_8);
    return new AsciiFields(FILE, digits, 0, digits.length);
  }
}
