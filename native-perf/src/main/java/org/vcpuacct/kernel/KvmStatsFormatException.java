package org.vcpuacct.kernel;

import java.io.IOException;

/** Bytes that should be KVM binary statistics are not. The message says where and how. */
public final class KvmStatsFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong with the bytes
   */
  public KvmStatsFormatException(String message) {
    super("KVM binary statistics: " + message);
  }
}
