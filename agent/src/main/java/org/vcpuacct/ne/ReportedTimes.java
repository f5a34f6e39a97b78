package org.vcpuacct.ne;

import java.util.List;
import org.vcpuacct.guest.GuestCpu;
import org.vcpuacct.guest.GuestTime;

/**
 * What a guest has added to its times between two reports, as far as it tells. Immutable.
 *
 * @param userNs in user space, ns; time in guests of the guest is part of it
 * @param systemNs in its kernel, interrupts included, ns
 * @param idleNs idle, waiting for I/O included, ns
 * @param stealNs what it was told that it had to wait for a pCPU, ns
 */
record ReportedTimes(long userNs, long systemNs, long idleNs, long stealNs) {

  static final ReportedTimes NONE = new ReportedTimes(0, 0, 0, 0);

  private static final List<GuestTime> USER = List.of(GuestTime.USER, GuestTime.NICE);
  private static final List<GuestTime> SYSTEM =
      List.of(GuestTime.SYSTEM, GuestTime.IRQ, GuestTime.SOFTIRQ);
  private static final List<GuestTime> IDLE = List.of(GuestTime.IDLE, GuestTime.IOWAIT);
  private static final List<GuestTime> STEAL = List.of(GuestTime.STEAL);

  /** What one CPU has added. */
  static ReportedTimes between(GuestCpu earlier, GuestCpu later) {
    return new ReportedTimes(
        added(earlier, later, USER),
        added(earlier, later, SYSTEM),
        added(earlier, later, IDLE),
        added(earlier, later, STEAL));
  }

  /** A kernel's idle time may go back a little: then none has passed. */
  private static long added(GuestCpu earlier, GuestCpu later, List<GuestTime> times) {
    return times.stream()
        .mapToLong(time -> later.ns(time).orElse(0) - earlier.ns(time).orElse(0))
        .map(ns -> Math.max(0, ns))
        .sum();
  }

  ReportedTimes and(ReportedTimes other) {
    return new ReportedTimes(
        userNs + other.userNs,
        systemNs + other.systemNs,
        idleNs + other.idleNs,
        stealNs + other.stealNs);
  }

  /** All that the guest tells of, ns. */
  long totalNs() {
    return userNs + systemNs + idleNs + stealNs;
  }
}
