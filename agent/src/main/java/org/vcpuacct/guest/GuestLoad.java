package org.vcpuacct.guest;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a guest said of its load, once. Immutable.
 *
 * <p>A share of a time is best had within the guest's figures: its difference by that of all times.
 *
 * @param atNs CLOCK_MONOTONIC of the host, ns: half way between question and answer
 * @param cpus by ascending number; one that is the sum of all where the source knows no more
 * @param loadAverages empty if the guest does not tell them
 * @param source who told it
 */
public record GuestLoad(
    long atNs, List<GuestCpu> cpus, Optional<LoadAverages> loadAverages, GuestSource source) {

  public GuestLoad {
    cpus = cpus.stream().sorted(Comparator.comparingInt(cpu -> cpu.cpu().orElse(-1))).toList();
  }

  /**
   * Whether this tells what came after an earlier report: the same source, and no CPU has less time
   * than it had, as it would once the guest was started again. Single times may go back a little
   * even so, as a kernel's idle time does.
   */
  boolean continues(GuestLoad earlier) {
    Map<OptionalInt, GuestCpu> before =
        earlier.cpus().stream().collect(Collectors.toMap(GuestCpu::cpu, Function.identity()));
    return source == earlier.source
        && cpus.stream()
            .filter(cpu -> before.containsKey(cpu.cpu()))
            .allMatch(cpu -> cpu.totalNs() >= before.get(cpu.cpu()).totalNs());
  }
}
