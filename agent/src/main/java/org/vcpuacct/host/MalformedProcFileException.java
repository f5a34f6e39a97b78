package org.vcpuacct.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A file of /proc or /sys does not have the form that the kernel documents. */
public final class MalformedProcFileException extends IOException {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN_BYTES = 80;

  /**
   * @param file the kind of file, for example {@code /proc/PID/task/TID/schedstat}
   * @param problem what is wrong, for example {@code no run delay}
   * @param text the file's content; the message shows its beginning
   * @param length number of bytes of {@code text} that count
   */
  public MalformedProcFileException(String file, String problem, byte[] text, int length) {
    super(file + ": " + problem + " in \"" + shorten(text, length) + "\"");
  }

  private static String shorten(byte[] text, int length) {
    int shown = Math.max(0, Math.min(Math.min(length, text.length), SHOWN_BYTES));
    String start = new String(text, 0, shown, StandardCharsets.US_ASCII);
    return start.replaceAll("\\P{Print}", ".") + (shown < length ? "..." : "");
  }
}
