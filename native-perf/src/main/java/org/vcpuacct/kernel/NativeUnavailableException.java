package org.vcpuacct.kernel;

import java.io.IOException;

/**
 * Native code cannot be called in this process. The message says why and which setting would mend
 * it. It stays so until the process is started anew.
 */
public final class NativeUnavailableException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong and how to mend it
   * @param cause the failure underneath, or null
   */
  NativeUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
