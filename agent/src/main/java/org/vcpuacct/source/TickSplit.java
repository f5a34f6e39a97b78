package org.vcpuacct.source;

import org.vcpuacct.host.ThreadStat;
import org.vcpuacct.ledger.Line;

/**
 * Splits CPU time into guest, VMM and host kernel in the ratio of a thread's clock ticks.
 *
 * <p>CPU time is known in nanoseconds and the ticks only in hundredths of a second, so an interval
 * may hold CPU time and no tick: it is then split as the last interval that held one.
 *
 * <p>The kernel rescales utime and stime to the CPU time and prints guest_time raw, so guest_time
 * can run ahead of utime, which includes it (kernel/sched/cputime.c cputime_adjust, Linux 6.1): the
 * guest gets no more than all ticks, and the VMM what is left of utime.
 */
final class TickSplit {

  private ThreadStat last;
  private long guestWeight;
  private long vmmWeight;
  private long kernelWeight;

  /** Starts with the ratio of all ticks since the thread began. */
  TickSplit(ThreadStat first) {
    weigh(first.guestTicks(), first.utimeTicks(), first.stimeTicks());
    this.last = first;
  }

  /** Takes the ticks of an interval into account. */
  void observe(ThreadStat now) {
    weigh(
        now.guestTicks() - last.guestTicks(),
        now.utimeTicks() - last.utimeTicks(),
        now.stimeTicks() - last.stimeTicks());
    last = now;
  }

  /**
   * Posts CPU time to the lines.
   *
   * @param cpuNs CPU time, ns
   * @param nsByOrdinal nanoseconds by {@link Line#ordinal()}, added to; without a single tick to go
   *     by, all of it is posted to {@link Line#UNKNOWN}
   */
  void post(long cpuNs, long[] nsByOrdinal) {
    long ticks = guestWeight + vmmWeight + kernelWeight;
    if (ticks == 0) {
      nsByOrdinal[Line.UNKNOWN.ordinal()] += cpuNs;
      return;
    }
    long guestNs = portion(cpuNs, guestWeight, ticks);
    long vmmNs = portion(cpuNs, vmmWeight, ticks);
    nsByOrdinal[Line.GUEST.ordinal()] += guestNs;
    nsByOrdinal[Line.VMM.ordinal()] += vmmNs;
    nsByOrdinal[Line.HOST_KERNEL.ordinal()] += cpuNs - guestNs - vmmNs;
  }

  private void weigh(long guestTicks, long userTicks, long systemTicks) {
    long all = Math.max(0, userTicks) + Math.max(0, systemTicks);
    if (all == 0) {
      return;
    }
    guestWeight = Math.min(Math.max(0, guestTicks), all);
    vmmWeight = Math.min(Math.max(0, userTicks - guestTicks), all - guestWeight);
    kernelWeight = all - guestWeight - vmmWeight;
  }

  private static long portion(long cpuNs, long weight, long ticks) {
    return Math.min(cpuNs, Math.round((double) cpuNs * weight / ticks));
  }
}
