package org.vcpuacct.source;

import java.io.IOException;
import org.vcpuacct.host.HostRoot;

/** Opens the scheduler's accounts of threads of a host. For one thread. */
public final class ThreadClocks {

  private final HostRoot host;
  private final ScratchBuffer buffer = new ScratchBuffer();

  /** The accounts of the threads of a host. */
  public ThreadClocks(HostRoot host) {
    this.host = host;
  }

  /**
   * Opens the account of a thread.
   *
   * @param pid its process
   * @throws IOException if the thread has ended
   */
  public ThreadClock open(int pid, int threadId) throws IOException {
    return new ThreadClock(host.thread(pid, threadId), buffer);
  }
}
