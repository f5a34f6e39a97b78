package org.vcpuacct.kernel;

import com.sun.jna.Callback;
import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What libbpf says while it loads something: the kernel's errno alone does not tell which program
 * failed or why.
 */
final class BpfLog {

  /** libbpf_print_fn_t: its last argument is the va_list of printf's. */
  interface Printer extends Callback {
    int print(int level, Pointer format, Pointer arguments);
  }

  private static final int LEVEL_WARN = 0;
  private static final int MAX_LINE = 1024;
  private static final int MAX_LINES = 400;
  private static final String PREFIX = "libbpf: ";

  private static final Function VSNPRINTF = NativeLibrary.getProcess().getFunction("vsnprintf");
  private static final Deque<String> LINES = new ArrayDeque<>();

  // Kept for as long as libbpf may call it.
  private static final Printer PRINTER = BpfLog::keep;

  private BpfLog() {}

  /** Takes over what libbpf would print to stderr. */
  static void capture() {
    LibBpf.libbpf_set_print(PRINTER);
  }

  private static synchronized int keep(int level, Pointer format, Pointer arguments) {
    if (level != LEVEL_WARN) {
      return 0;
    }
    try (Memory line = new Memory(MAX_LINE)) {
      VSNPRINTF.invokeInt(new Object[] {line, (long) MAX_LINE, format, arguments});
      LINES.addLast(line.getString(0).strip());
    }
    if (LINES.size() > MAX_LINES) {
      LINES.removeFirst();
    }
    return 0;
  }

  /** Forgets what was said so far. */
  static synchronized void clear() {
    LINES.clear();
  }

  /** The first thing that libbpf complained of, on one line; empty if it said nothing. */
  static synchronized String complaint() {
    String first = LINES.isEmpty() ? "" : LINES.getFirst();
    return first.startsWith(PREFIX) ? first.substring(PREFIX.length()) : first;
  }

  /** All that libbpf said, the verifier's log included. */
  static synchronized String everything() {
    return String.join("\n", LINES);
  }
}
