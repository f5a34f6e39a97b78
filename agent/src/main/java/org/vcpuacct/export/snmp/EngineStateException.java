package org.vcpuacct.export.snmp;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The SNMP engine's identity and boots cannot be kept. The message names the file and says what to
 * change.
 */
public final class EngineStateException extends IOException {

  private static final long serialVersionUID = 1L;

  EngineStateException(Path file, IOException cause) {
    super(
        "cannot keep the SNMP engine's identity and boots in "
            + file
            + ": "
            + cause
            + "; make "
            + file.getParent()
            + " writable for this user, or choose another agent.state-dir",
        cause);
  }
}
