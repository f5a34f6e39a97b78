package org.vcpuacct.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether what is written goes to systemd's journal. */
final class JournalStream {

  private static final Path STANDARD_ERROR = Path.of("/dev/stderr");

  private JournalStream() {}

  /**
   * Compares standard error with the device and inode in {@code JOURNAL_STREAM} (systemd.exec(5)):
   * a child of a service has the variable too, with a standard error of its own.
   */
  static boolean isStandardError(Map<String, String> environment) {
    String stream = environment.get("JOURNAL_STREAM");
    return stream != null && stream.equals(identity(STANDARD_ERROR));
  }

  /** Device and inode as the variable has them; empty if they cannot be had. */
  static String identity(Path file) {
    try {
      Map<String, Object> of = Files.readAttributes(file, "unix:dev,ino");
      return of.get("dev") + ":" + of.get("ino");
    } catch (IOException e) {
      return "";
    }
  }
}
