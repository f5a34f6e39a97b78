package org.vcpuacct.kernel;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Counters of perf_event_open(2) on one thread that start together and are read together.
 *
 * <p>The kernel starts, stops and reads a group as a whole, so that the counts belong to each
 * other: filters of one event that exclude each other add up to the event's own count. For an event
 * that is hit with interrupts on, a reading may fall between two counters of one hit; kvm:kvm_exit
 * of x86 is hit with interrupts off.
 *
 * <p>A read costs more than its system call when the thread is running: the kernel then sends one
 * inter-processor interrupt to that CPU to have the counts brought up to date
 * (kernel/events/core.c, perf_event_read). It is one a group and read, however many the counters.
 * On a CPU in guest mode it makes an exit.
 *
 * <p>After the thread has ended the last counts can still be read. Not safe for use by two threads.
 */
public final class PerfEventGroup implements Closeable {

  private static final int NO_GROUP = -1;
  private static final long PERF_EVENT_IOC_ENABLE = 0x2400;
  private static final long PERF_EVENT_IOC_SET_FILTER = 0x4008_2406;

  private final SystemCalls calls;
  private final int tid;
  private final List<OwnedFd> members;
  private final NativeBuffer readFormat;

  private PerfEventGroup(SystemCalls calls, int tid, List<OwnedFd> members) {
    this.calls = calls;
    this.tid = tid;
    this.members = members;
    this.readFormat = NativeBuffer.allocate(PerfReading.sizeFor(members.size()));
  }

  /**
   * Opens and starts one counter for each event. If one fails, none is left open.
   *
   * @param tid the thread's number, as in /proc/PID/task
   * @param events at least one
   * @throws KernelException {@link Errno#ESRCH} if there is no such thread (any more), {@link
   *     Errno#EACCES} or {@link Errno#EPERM} without the right to count, {@link Errno#EMFILE} if
   *     RLIMIT_NOFILE is too low, {@link Errno#EINVAL} for a filter that the kernel rejects
   */
  public static PerfEventGroup open(int tid, List<PerfEvent> events)
      throws KernelException, NativeUnavailableException {
    return open(NativeAccess.systemCalls(), tid, events);
  }

  static PerfEventGroup open(SystemCalls calls, int tid, List<PerfEvent> events)
      throws KernelException {
    if (tid <= 0) {
      throw new IllegalArgumentException("not a thread's number: " + tid);
    }
    if (events.isEmpty()) {
      throw new IllegalArgumentException("a group needs at least one event");
    }
    List<OwnedFd> members = new ArrayList<>(events.size());
    try {
      for (PerfEvent event : events) {
        members.add(openMember(calls, tid, event, members));
        setFilter(calls, tid, event, members.get(members.size() - 1));
      }
      enable(calls, tid, members.get(0));
      return new PerfEventGroup(calls, tid, members);
    } catch (KernelException | RuntimeException e) {
      members.forEach(OwnedFd::close);
      throw e;
    }
  }

  // Only the leader starts disabled: the others cannot count without it, and enabling it starts
  // all of them at the same instant.
  private static OwnedFd openMember(
      SystemCalls calls, int tid, PerfEvent event, List<OwnedFd> before) throws KernelException {
    boolean leader = before.isEmpty();
    int groupFd = leader ? NO_GROUP : before.get(0).number();
    int fd = calls.perfEventOpen(PerfEventAttr.counting(event, leader), tid, groupFd);
    if (fd < 0) {
      throw new KernelException(describe("perf_event_open", event, tid), -fd, openRemedy(-fd));
    }
    return new OwnedFd(calls, fd);
  }

  private static String openRemedy(int errno) {
    return switch (errno) {
      case Errno.EACCES, Errno.EPERM ->
          "needs CAP_PERFMON, or CAP_SYS_ADMIN before Linux 5.8 and where"
              + " /proc/sys/kernel/perf_event_paranoid is above 2, or the thread's owner and that"
              + " at 1 or less";
      case Errno.EMFILE ->
          "raise RLIMIT_NOFILE (LimitNOFILE= of the systemd unit): each counter of each thread"
              + " takes a file descriptor";
      case Errno.ENFILE -> "raise /proc/sys/fs/file-max";
      case Errno.EINVAL, Errno.ENOENT ->
          "the kernel knows no such event; a tracepoint's id changes when its module is reloaded";
      case Errno.ENOSYS -> "the kernel is built without CONFIG_PERF_EVENTS";
      default -> "";
    };
  }

  private static void setFilter(SystemCalls calls, int tid, PerfEvent event, OwnedFd member)
      throws KernelException {
    if (!event.filtered()) {
      return;
    }
    NativeBuffer filter = NativeBuffer.ofCString(event.filter());
    int result = calls.ioctl(member.number(), PERF_EVENT_IOC_SET_FILTER, filter);
    if (result < 0) {
      throw new KernelException(
          describe("ioctl(PERF_EVENT_IOC_SET_FILTER)", event, tid),
          -result,
          "see the event's fields in tracefs events/*/*/format");
    }
  }

  private static void enable(SystemCalls calls, int tid, OwnedFd leader) throws KernelException {
    int result = calls.ioctl(leader.number(), PERF_EVENT_IOC_ENABLE);
    if (result < 0) {
      throw new KernelException("ioctl(PERF_EVENT_IOC_ENABLE), thread " + tid, -result);
    }
  }

  private static String describe(String call, PerfEvent event, int tid) {
    return call + " of " + event + ", thread " + tid;
  }

  /**
   * Reads all counters with one system call.
   *
   * @throws KernelException if the call fails
   * @throws IOException if the kernel has stopped the counters for good
   */
  public PerfReading read() throws IOException {
    int bytes = calls.read(members.get(0).number(), readFormat);
    if (bytes < 0) {
      throw new KernelException(describeRead(), -bytes);
    }
    if (bytes != readFormat.size()) {
      throw new IOException(
          describeRead() + ": got " + bytes + " bytes instead of " + readFormat.size());
    }
    return PerfReading.of(readFormat.bytes());
  }

  private String describeRead() {
    return "read of " + members.size() + " perf counters, thread " + tid;
  }

  /** Stops the counters. Closing twice is harmless. */
  @Override
  public void close() {
    members.forEach(OwnedFd::close);
  }
}
