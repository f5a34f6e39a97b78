package org.vcpuacct.host;

import java.nio.charset.StandardCharsets;

/**
 * State and CPU time of one thread, from /proc/PID/task/TID/stat; or of a whole process, from
 * /proc/PID/stat, which has the same form (proc_pid_stat(5); fs/proc/array.c do_task_stat, Linux
 * 6.1). Immutable.
 *
 * <p>Times are in clock ticks of USER_HZ, 100 a second on every architecture that KVM supports. The
 * kernel samples guest time and scales user time: {@code utimeTicks - guestTicks} can be negative.
 *
 * @param state one letter: R running, S sleeping, D waiting uninterruptibly, Z zombie, and others
 * @param parentPid the parent process
 * @param flags the kernel's PF_ flags (include/linux/sched.h)
 * @param utimeTicks time in user mode, guest time included
 * @param stimeTicks time in kernel mode
 * @param threads threads of the process
 * @param startTicks when the thread or process started, after boot: tells it from a later one with
 *     the same number
 * @param processor host CPU on which the thread last ran
 * @param policy the scheduling policy, SCHED_ in sched(7)
 * @param guestTicks time running a guest
 */
public record ThreadStat(
    char state,
    int parentPid,
    int flags,
    long utimeTicks,
    long stimeTicks,
    int threads,
    long startTicks,
    int processor,
    int policy,
    long guestTicks) {

  private static final String FILE = "/proc/PID/task/TID/stat";

  /** PF_KTHREAD: a thread of the kernel, without a program. */
  private static final int PF_KTHREAD = 0x0020_0000;

  /** PF_USER_WORKER: made by the kernel inside a process, as vhost does (since Linux 6.4). */
  private static final int PF_USER_WORKER = 0x4000;

  /** PF_IO_WORKER: made by io_uring inside a process (since Linux 5.12). */
  private static final int PF_IO_WORKER = 0x10;

  /**
   * Parses the file's content.
   *
   * @param length number of bytes of {@code text} that count
   */
  public static ThreadStat parse(byte[] text, int length) throws MalformedProcFileException {
    AsciiFields fields = new AsciiFields(FILE, text, endOfComm(text, length) + 1, length);
    char state = fields.nextChar("state");
    int parentPid = fields.nextInt("ppid");
    fields.skip(4); // pgrp, session, tty_nr, tpgid
    int flags = (int) fields.nextCount("flags");
    fields.skip(4); // minflt, cminflt, majflt, cmajflt
    long utimeTicks = fields.nextCount("utime");
    long stimeTicks = fields.nextCount("stime");
    fields.skip(4); // cutime, cstime, priority, nice
    int threads = fields.nextInt("num_threads");
    fields.skip(1); // itrealvalue
    long startTicks = fields.nextCount("starttime");
    fields.skip(16); // vsize to exit_signal
    int processor = fields.nextInt("processor");
    fields.skip(1); // rt_priority
    int policy = fields.nextInt("policy");
    fields.skip(1); // delayacct_blkio_ticks
    long guestTicks = fields.nextCount("guest_time");
    return new ThreadStat(
        state,
        parentPid,
        flags,
        utimeTicks,
        stimeTicks,
        threads,
        startTicks,
        processor,
        policy,
        guestTicks);
  }

  /**
   * The name of the thread or process (field {@code comm}), which may contain spaces and
   * parentheses. Bytes that are not UTF-8 are replaced.
   */
  public static String comm(byte[] text, int length) throws MalformedProcFileException {
    int end = endOfComm(text, length);
    int start = 0;
    while (start < end && text[start] != '(') {
      start++;
    }
    if (start == end) {
      throw new MalformedProcFileException(FILE, "no comm", text, length);
    }
    return new String(text, start + 1, end - start - 1, StandardCharsets.UTF_8);
  }

  /** Whether this is a thread of the kernel, outside any process. */
  public boolean isKernelThread() {
    return (flags & PF_KTHREAD) != 0;
  }

  /** Whether the kernel made this thread inside a process, for vhost, KVM or io_uring. */
  public boolean isUserWorker() {
    return (flags & (PF_USER_WORKER | PF_IO_WORKER)) != 0;
  }

  /** The last parenthesis: the fields behind it are numbers and one letter. */
  private static int endOfComm(byte[] text, int length) throws MalformedProcFileException {
    for (int i = Math.min(length, text.length) - 1; i >= 0; i--) {
      if (text[i] == ')') {
        return i;
      }
    }
    throw new MalformedProcFileException(FILE, "no comm", text, length);
  }
}
