package org.vcpuacct.sampler;

import java.io.Closeable;
import java.io.IOException;
import org.vcpuacct.host.SchedStat;
import org.vcpuacct.ledger.ThreadAccount;
import org.vcpuacct.ledger.ThreadTimes;
import org.vcpuacct.source.ThreadClock;
import org.vcpuacct.vm.VmThreadSearch.Identity;

/** The account of one thread that is not a vCPU's, for as long as it runs. */
final class ThreadBook implements Closeable {

  private final int threadId;
  private final Identity identity;
  private final ThreadClock clock;
  private final long sinceNs;
  private final SchedStat base;
  private final WindowHistory<ThreadTimes, ThreadTimes> history;
  private ThreadTimes times = ThreadTimes.ZERO;

  /**
   * Opens the account.
   *
   * @param clock owned by this from now on
   * @param base what the thread had used before the account
   * @param sinceNs CLOCK_MONOTONIC at which it had, ns
   */
  ThreadBook(int threadId, Identity identity, ThreadClock clock, SchedStat base, long sinceNs) {
    this.threadId = threadId;
    this.identity = identity;
    this.clock = clock;
    this.base = base;
    this.sinceNs = sinceNs;
    this.history =
        new WindowHistory<>(times, ThreadTimes::wallNs, (earlier, later) -> later.since(earlier));
  }

  /** What the thread is. */
  Identity identity() {
    return identity;
  }

  /** What it has used since the account was opened, as of the last reading. */
  ThreadTimes times() {
    return times;
  }

  /**
   * The account now.
   *
   * @throws IOException if the thread has ended
   */
  ThreadAccount read(long nowNs) throws IOException {
    SchedStat now = clock.read();
    times =
        new ThreadTimes(
            nowNs - sinceNs, now.cpuNs() - base.cpuNs(), now.runDelayNs() - base.runDelayNs());
    return new ThreadAccount(
        threadId, identity.name(), identity.kind(), sinceNs, times, history.changesUpTo(times));
  }

  @Override
  public void close() throws IOException {
    clock.close();
  }
}
