package org.vcpuacct.cli;

import java.io.IOException;

/** There is no terminal that a screen could be shown on. The message says how to do without. */
public final class NoTerminalException extends IOException {

  private static final long serialVersionUID = 1L;

  public NoTerminalException(String problem) {
    super(problem + "; use --once or --json");
  }
}
