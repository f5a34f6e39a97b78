package org.vcpuacct.export.snmp;

import java.util.Optional;
import java.util.OptionalLong;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;

/**
 * Where sysUpTime (RFC 3418) began, as CLOCK_MONOTONIC in ns, which is what {@link
 * System#nanoTime()} reads on Linux.
 */
record Uptime(long beganNs) {

  private static final long NS_PER_TICK = 10_000_000;

  /** An uptime that begins now. */
  static Uptime beginsNow() {
    return new Uptime(System.nanoTime());
  }

  /** The TimeStamp (RFC 2579) of an instant; zero if sysUpTime began after it. */
  Variable timeStamp(long monotonicNs) {
    return ticks(Math.max(0, monotonicNs - beganNs));
  }

  /** The TimeStamp of an instant; empty if there is none. */
  Optional<Variable> timeStamp(OptionalLong monotonicNs) {
    return monotonicNs.isPresent()
        ? Optional.of(timeStamp(monotonicNs.getAsLong()))
        : Optional.empty();
  }

  /** sysUpTime now. */
  TimeTicks now() {
    return ticks(System.nanoTime() - beganNs);
  }

  private static TimeTicks ticks(long ns) {
    return new TimeTicks(ns / NS_PER_TICK & 0xFFFF_FFFFL);
  }
}
