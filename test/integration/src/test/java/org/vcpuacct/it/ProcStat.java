package org.vcpuacct.it;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a guest's own /proc/stat says of its CPUs (proc_stat(5)).
 *
 * @param ticks of each CPU by its number, in the order of {@link #VCPU_COLUMNS}
 */
record ProcStat(Map<Integer, List<Long>> ticks) {

  /** What is shown of a vCPU, in the order of the fields of /proc/stat. */
  static final List<String> VCPU_COLUMNS =
      List.of(
          "vaVcpuGuestUserNs",
          "vaVcpuGuestNiceNs",
          "vaVcpuGuestSystemNs",
          "vaVcpuGuestIdleNs",
          "vaVcpuGuestIowaitNs",
          "vaVcpuGuestIrqNs",
          "vaVcpuGuestSoftirqNs",
          "vaVcpuGuestStealNs");

  /** What is shown of all CPUs, in the same order. */
  static final List<String> SYSTEM_STATS =
      List.of(
          "ssCpuRawUser",
          "ssCpuRawNice",
          "ssCpuRawSystem",
          "ssCpuRawIdle",
          "ssCpuRawWait",
          "ssCpuRawInterrupt",
          "ssCpuRawSoftIRQ",
          "ssCpuRawSteal");

  private static final Pattern CPU = Pattern.compile("(?m)^cpu(\\d+) +([\\d ]+)$");
  private static final long TICK_NS = 10_000_000;

  /** Reads it from the file's text. */
  static ProcStat parse(String text) {
    Map<Integer, List<Long>> ticks = new TreeMap<>();
    Matcher cpu = CPU.matcher(text);
    while (cpu.find()) {
      List<Long> fields = Arrays.stream(cpu.group(2).split(" +")).map(Long::valueOf).toList();
      ticks.put(Integer.valueOf(cpu.group(1)), fields.subList(0, VCPU_COLUMNS.size()));
    }
    return new ProcStat(ticks);
  }

  /** The times of a CPU, ns. */
  List<Long> ns(int cpu) {
    return ticks.get(cpu).stream().map(count -> count * TICK_NS).toList();
  }

  /** The times of all CPUs together, ticks. */
  List<Long> sumTicks() {
    List<Long> sum = new ArrayList<>();
    for (int field = 0; field < SYSTEM_STATS.size(); field++) {
      int at = field;
      sum.add(ticks.values().stream().mapToLong(fields -> fields.get(at)).sum());
    }
    return sum;
  }
}
