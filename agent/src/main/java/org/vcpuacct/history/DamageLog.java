package org.vcpuacct.history;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.log.Cause;

/**
 * Says that a file of the history is damaged: each file is a cause of the log, as what is damaged
 * is found again by whoever reads it.
 */
final class DamageLog {

  private static final Logger LOG = LoggerFactory.getLogger(DamageLog.class);

  private DamageLog() {}

  /**
   * Writes a line.
   *
   * @param line what is lost and why; names the file
   */
  static void say(Path file, String line) {
    LOG.atError().addKeyValue(Cause.KEY, file).log("{}", line);
  }
}
