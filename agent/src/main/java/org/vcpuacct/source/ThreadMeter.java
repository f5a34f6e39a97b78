package org.vcpuacct.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.SchedStat;
import org.vcpuacct.host.ThreadStat;
import org.vcpuacct.kernel.ProcFile;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Tier;

/** What the scheduler says of one thread, read from two kept files of /proc. */
final class ThreadMeter implements Closeable {

  /** A clock tick of USER_HZ, in which /proc gives the ticks whatever HZ is. */
  private static final long TICK_NS = 10_000_000;

  private final ThreadClock clock;
  private final ProcFile statFile;
  private final ScratchBuffer buffer;
  private final TickLedger ledger;
  private final long guestTicksAtOpening;
  private SchedStat schedStat;
  private ThreadStat stat;
  private long statCpuNs;

  /**
   * Opens both files and the ledger.
   *
   * @param buffer scratch space shared with the other meters of the same sampler
   */
  ThreadMeter(HostRoot host, int pid, int threadId, ScratchBuffer buffer, long nowNs)
      throws IOException {
    Path thread = host.thread(pid, threadId);
    this.buffer = buffer;
    this.clock = new ThreadClock(thread, buffer);
    try {
      this.statFile = ProcFile.open(thread.resolve("stat"));
      this.schedStat = clock.read();
      this.stat = readStat();
      this.statCpuNs = schedStat.cpuNs();
    } catch (IOException e) {
      close();
      throw e;
    }
    this.guestTicksAtOpening = stat.guestTicks();
    this.ledger = new TickLedger(nowNs, schedStat, stat);
  }

  /** Brings the ledger up to date. */
  void update(long nowNs) throws IOException {
    schedStat = clock.read();
    // The file costs the kernel three times what schedstat does, and while the thread has not run
    // for a tick it has nothing to tell: ticks that came early are split by a little later.
    if (schedStat.cpuNs() - statCpuNs >= TICK_NS) {
      stat = readStat();
      statCpuNs = schedStat.cpuNs();
    }
    ledger.post(nowNs, schedStat, stat);
  }

  /** Whether a clock tick found the thread in guest mode since the meter was opened. */
  boolean hasRunGuest() {
    return stat.guestTicks() > guestTicksAtOpening;
  }

  /** The account as of the last update. */
  Reading reading(Tier tier, Optional<ExitCounts> exits) {
    return new Reading(
        ledger.cpuNs(),
        ledger.waitNs(),
        stat.processor(),
        ledger.lines(tier),
        exits,
        Optional.empty());
  }

  private ThreadStat readStat() throws IOException {
    int length = buffer.read(statFile);
    return ThreadStat.parse(buffer.bytes(), length);
  }

  @Override
  public void close() throws IOException {
    clock.close();
    statFile.close();
  }
}
