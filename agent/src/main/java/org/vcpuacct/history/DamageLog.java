package org.vcpuacct.history;

import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.vcpuacct.log.RepeatLog;

/**
 * Says that a file of the history is damaged: of each once a minute at most, as what is damaged is
 * found again by whoever reads it.
 */
final class DamageLog {

  private static final RepeatLog LOG =
      new RepeatLog(LoggerFactory.getLogger(DamageLog.class), System::nanoTime);

  private DamageLog() {}

  /**
   * Writes a line, unless there was one of this file within the last minute.
   *
   * @param line what is lost and why; names the file
   */
  static void say(Path file, String line) {
    LOG.error(file.toString(), line);
  }
}
