package org.vcpuacct.host;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * CPU time of the whole host by mode, from the {@code cpu} line of /proc/stat (proc_stat(5)).
 * Immutable.
 *
 * <p>All times are in clock ticks of USER_HZ, 100 a second. {@code user} includes {@code guest},
 * and {@code nice} includes {@code guestNice} (kernel/sched/cputime.c account_guest_time, Linux
 * 6.1).
 *
 * @param contextSwitches context switches of all CPUs since boot ({@code ctxt})
 * @param interrupts interrupts serviced since boot ({@code intr}, first figure)
 * @param pcpus the CPUs that are online, by number
 */
public record CpuStat(
    long user,
    long nice,
    long system,
    long idle,
    long iowait,
    long irq,
    long softirq,
    long steal,
    long guest,
    long guestNice,
    long contextSwitches,
    long interrupts,
    Map<Integer, PcpuTicks> pcpus) {

  private static final String FILE = "/proc/stat";

  /** Parses the file's content. */
  public static CpuStat parse(byte[] text) throws MalformedProcFileException {
    AsciiFields cpu = line(text, "cpu ");
    return new CpuStat(
        cpu.nextCount("user"),
        cpu.nextCount("nice"),
        cpu.nextCount("system"),
        cpu.nextCount("idle"),
        cpu.nextCount("iowait"),
        cpu.nextCount("irq"),
        cpu.nextCount("softirq"),
        cpu.nextCount("steal"),
        cpu.nextCount("guest"),
        cpu.nextCount("guest_nice"),
        line(text, "ctxt ").nextCount("ctxt"),
        line(text, "intr ").nextCount("intr"),
        pcpus(text));
  }

  private static AsciiFields line(byte[] text, String key) throws MalformedProcFileException {
    for (int start = 0; start < text.length; start = nextLine(text, start)) {
      if (startsWith(text, start, key)) {
        return new AsciiFields(FILE, text, start + key.length(), text.length);
      }
    }
    throw new MalformedProcFileException(FILE, "no line " + key.strip(), text, text.length);
  }

  private static Map<Integer, PcpuTicks> pcpus(byte[] text) throws MalformedProcFileException {
    Map<Integer, PcpuTicks> pcpus = new TreeMap<>();
    for (int start = 0; start < text.length; start = nextLine(text, start)) {
      if (startsWith(text, start, "cpu") && !startsWith(text, start, "cpu ")) {
        AsciiFields cpu = new AsciiFields(FILE, text, start + "cpu".length(), text.length);
        pcpus.put(cpu.nextInt("number"), PcpuTicks.next(cpu));
      }
    }
    return Collections.unmodifiableMap(pcpus);
  }

  private static boolean startsWith(byte[] text, int start, String key) {
    for (int i = 0; i < key.length(); i++) {
      if (start + i >= text.length || text[start + i] != key.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int nextLine(byte[] text, int start) {
    int end = start;
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    return end + 1;
  }
}
