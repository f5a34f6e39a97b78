package org.vcpuacct.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** The files of a vCPU's thread, whose figures grow as if it ran. */
final class VcpuThreadFiles implements Closeable {

  private static final long NS_PER_TICK = 10_000_000;

  /** Of ten ticks nine are of user mode, eight of these of the guest. */
  private static final double USER_SHARE = 0.9;

  private static final double GUEST_SHARE = 0.8;

  private final GrowingFile schedStat;
  private final GrowingFile stat;

  private VcpuThreadFiles(GrowingFile schedStat, GrowingFile stat) {
    this.schedStat = schedStat;
    this.stat = stat;
  }

  /**
   * Opens the files.
   *
   * @param thread /proc/PID/task/TID
   */
  static VcpuThreadFiles open(Path thread) throws IOException {
    return new VcpuThreadFiles(
        GrowingFile.open(thread.resolve("schedstat"), 1, 2),
        GrowingFile.open(
            thread.resolve("stat"), StatLine.UTIME, StatLine.STIME, StatLine.GUEST_TIME));
  }

  /**
   * The thread ran.
   *
   * @param cpuNs for how long, ns
   */
  void run(long cpuNs) throws IOException {
    long ticks = cpuNs / NS_PER_TICK;
    long userTicks = (long) (ticks * USER_SHARE);
    schedStat.grow(cpuNs, 0);
    stat.grow(userTicks, ticks - userTicks, (long) (ticks * GUEST_SHARE));
  }

  @Override
  public void close() throws IOException {
    schedStat.close();
    stat.close();
  }
}
