package org.vcpuacct.host;

/**
 * What one CPU of the host did, from its line of /proc/stat (proc_stat(5)), in clock ticks of
 * USER_HZ. Immutable.
 *
 * @param busy in user space, in the kernel, in interrupts, in guests, and what a hypervisor below
 *     this host took
 * @param idle with nothing to do, waiting for I/O included
 */
public record PcpuTicks(long busy, long idle) {

  static PcpuTicks next(AsciiFields cpu) throws MalformedProcFileException {
    long busy = cpu.nextCount("user") + cpu.nextCount("nice") + cpu.nextCount("system");
    long idle = cpu.nextCount("idle") + cpu.nextCount("iowait");
    busy += cpu.nextCount("irq") + cpu.nextCount("softirq") + cpu.nextCount("steal");
    return new PcpuTicks(busy, idle);
  }

  /** What it did since an earlier reading. The kernel lets a CPU's idle time go back a little. */
  public PcpuTicks since(PcpuTicks earlier) {
    return new PcpuTicks(Math.max(0, busy - earlier.busy), Math.max(0, idle - earlier.idle));
  }
}
