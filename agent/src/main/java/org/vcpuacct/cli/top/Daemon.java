package org.vcpuacct.cli.top;

import java.io.IOException;

/** The running daemon. */
@FunctionalInterface
interface Daemon {

  /** How much it is to tell. */
  enum Detail {

    /** All that it knows, with shares and rates of its last interval. */
    FULL,

    /** Counters, and whose they are. */
    BRIEF
  }

  /**
   * What it knows: a document of {@code /api/v1/snapshot}, UTF-8.
   *
   * @throws IOException if it does not answer; the message says why, in one sentence
   */
  byte[] snapshot(Detail detail) throws IOException;
}
