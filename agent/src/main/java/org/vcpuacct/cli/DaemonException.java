package org.vcpuacct.cli;

import java.io.IOException;

/** The daemon does not answer as it should. The message says why and what to do, in a sentence. */
public final class DaemonException extends IOException {

  private static final long serialVersionUID = 1L;

  DaemonException(String problem) {
    super(problem);
  }

  public DaemonException(String problem, IOException cause) {
    super(problem, cause);
  }
}
