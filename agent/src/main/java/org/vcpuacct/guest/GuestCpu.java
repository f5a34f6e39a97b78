package org.vcpuacct.guest;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The time of one CPU of a guest since the guest booted, as the guest accounts for it. Immutable.
 *
 * @param cpu the guest's number of the CPU; empty if this is the sum of all its CPUs
 * @param timesNs the times that the guest tells, ns; one that it does not tell is not there
 */
public record GuestCpu(OptionalInt cpu, Map<GuestTime, Long> timesNs) {

  public GuestCpu {
    Map<GuestTime, Long> copy = new EnumMap<>(GuestTime.class);
    copy.putAll(timesNs);
    timesNs = Collections.unmodifiableMap(copy);
  }

  /** Whether this is the sum of all CPUs of the guest. */
  public boolean isWholeGuest() {
    return cpu.isEmpty();
  }

  /** A time, ns; empty if the guest does not tell it. */
  public OptionalLong ns(GuestTime time) {
    Long ns = timesNs.get(time);
    return ns == null ? OptionalLong.empty() : OptionalLong.of(ns);
  }

  /** All times, ns. The times in guests of the guest are in those of its user space already. */
  long totalNs() {
    return timesNs.entrySet().stream()
        .filter(time -> time.getKey() != GuestTime.GUEST && time.getKey() != GuestTime.GUEST_NICE)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
