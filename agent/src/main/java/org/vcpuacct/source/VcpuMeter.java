package org.vcpuacct.source;

import java.io.Closeable;
import java.io.IOException;
import org.vcpuacct.ledger.Reading;

/** The open account of one vCPU. Not safe for use by two threads. */
public interface VcpuMeter extends Closeable {

  /**
   * Brings the account up to date and reads it.
   *
   * @param nowNs CLOCK_MONOTONIC, ns, not before the last reading
   * @throws TierFailedException if the figures of this tier turned out to be wrong
   * @throws IOException if the thread has ended, or it cannot be read any more
   */
  Reading read(long nowNs) throws IOException;
}
