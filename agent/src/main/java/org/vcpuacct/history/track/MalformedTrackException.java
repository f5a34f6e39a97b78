package org.vcpuacct.history.track;

import java.io.IOException;

/** Octets are not what was written. */
public final class MalformedTrackException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * Octets are not what was written.
   *
   * @param problem what is wrong with them
   */
  public MalformedTrackException(String problem) {
    super(problem);
  }
}
