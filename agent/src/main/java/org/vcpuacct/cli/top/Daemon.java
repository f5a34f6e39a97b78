package org.vcpuacct.cli.top;

import java.io.IOException;

/** The running daemon. */
@FunctionalInterface
interface Daemon {

  /**
   * What it knows: a document of {@code /api/v1/snapshot}, UTF-8.
   *
   * @throws IOException if it does not answer; the message says why, in one sentence
   */
  byte[] snapshot() throws IOException;
}
