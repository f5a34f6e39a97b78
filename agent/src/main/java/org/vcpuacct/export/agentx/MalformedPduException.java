package org.vcpuacct.export.agentx;

import java.io.IOException;

/** The master has sent what is no PDU of AgentX, or none that a subagent gets. */
final class MalformedPduException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * A malformed PDU.
   *
   * @param fault what is wrong with it, to be read after "a PDU was malformed:"
   */
  MalformedPduException(String fault) {
    super("a PDU was malformed: " + fault);
  }
}
