package org.vcpuacct.host;

/**
 * What the scheduler accounts for one thread, from /proc/PID/task/TID/schedstat
 * (Documentation/scheduler/sched-stats.rst; fs/proc/base.c proc_pid_schedstat, Linux 6.1).
 * Immutable.
 *
 * <p>A thread that is running is up to one scheduler tick behind: reading does not refresh it.
 *
 * @param cpuNs time spent on a CPU, ns
 * @param runDelayNs time spent runnable and not on a CPU, ns; includes cgroup throttling
 * @param timeslices how often the thread was put on a CPU
 */
public record SchedStat(long cpuNs, long runDelayNs, long timeslices) {

  private static final String FILE = "/proc/PID/task/TID/schedstat";

  /**
   * Parses the file's content.
   *
   * @param length number of bytes of {@code text} that count
   */
  public static SchedStat parse(byte[] text, int length) throws MalformedProcFileException {
    AsciiFields fields = new AsciiFields(FILE, text, 0, length);
    return new SchedStat(
        fields.nextCount("CPU time"),
        fields.nextCount("run delay"),
        fields.nextCount("timeslices"));
  }
}
