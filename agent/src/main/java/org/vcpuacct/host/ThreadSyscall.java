package org.vcpuacct.host;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The system call in which a thread sleeps, from /proc/PID/task/TID/syscall (fs/proc/base.c
 * proc_pid_syscall, Linux 6.1). Immutable.
 *
 * <p>The number is not kept: it differs by architecture, the arguments do not.
 *
 * @param argument0 first argument, as an unsigned register
 * @param argument1 second argument, as an unsigned register
 */
public record ThreadSyscall(long argument0, long argument1) {

  private static final String FILE = "/proc/PID/task/TID/syscall";

  /** Parses the file's content; empty for a thread that runs or sleeps outside a system call. */
  public static Optional<ThreadSyscall> parse(byte[] text) throws MalformedProcFileException {
    String line = new String(text, StandardCharsets.US_ASCII).strip();
    if (line.equals("running") || line.startsWith("-1 ")) {
      return Optional.empty();
    }
    List<String> fields = List.of(line.split(" ", -1));
    if (fields.size() != 9) {
      throw new MalformedProcFileException(FILE, "not 9 fields", text, text.length);
    }
    return Optional.of(
        new ThreadSyscall(register(fields.get(1), text), register(fields.get(2), text)));
  }

  private static long register(String field, byte[] text) throws MalformedProcFileException {
    try {
      if (field.startsWith("0x")) {
        return Long.parseUnsignedLong(field, 2, field.length(), 16);
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    throw new MalformedProcFileException(FILE, "no register value", text, text.length);
  }
}
