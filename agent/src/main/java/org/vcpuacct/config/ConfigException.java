package org.vcpuacct.config;

import java.nio.file.Path;

/** The configuration cannot be used. The message names the file, the line, the key and the mend. */
public final class ConfigException extends Exception {

  private static final long serialVersionUID = 1L;

  /** A fault of the file as a whole. */
  ConfigException(Path file, String problem) {
    super(file + ": " + problem);
  }

  /** A fault at a line of the file. */
  ConfigException(Path file, int line, String problem) {
    super(file + ":" + line + ": " + problem);
  }
}
