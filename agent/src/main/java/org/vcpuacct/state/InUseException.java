package org.vcpuacct.state;

import java.io.IOException;
import java.nio.file.Path;

/** Another daemon runs on the same state folder. The message says which, and what to do. */
public final class InUseException extends IOException {

  private static final long serialVersionUID = 1L;

  InUseException(Path stateDir, String pid) {
    super(
        "another vcpuacct runs here: process "
            + pid
            + " uses "
            + stateDir
            + "; stop it, or set agent.state-dir to another folder");
  }
}
