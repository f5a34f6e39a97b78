package org.vcpuacct.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A kernel that grants every call, keeps account of open descriptors, and fails one chosen call
 * with a chosen errno: errors that a real kernel cannot be made to return on demand.
 */
final class ScriptedKernel implements SystemCalls {

  private static final int FIRST_FD = 100;

  private final Map<String, Integer> callsMade = new HashMap<>();
  private final Set<Integer> openFds = new TreeSet<>();
  private final List<Integer> groupFds = new ArrayList<>();
  private String failingCall = "";
  private int failingOccurrence;
  private int failingErrno;
  private byte[] file = new byte[0];
  private int nextFd = FIRST_FD;

  /**
   * Makes one call fail.
   *
   * @param call name of the system call
   * @param occurrence which of the calls of that name, from 1
   */
  ScriptedKernel failing(String call, int occurrence, int errno) {
    failingCall = call;
    failingOccurrence = occurrence;
    failingErrno = errno;
    return this;
  }

  /** What read and pread find in every descriptor, and getrlimit in the limits. */
  ScriptedKernel withFile(byte[] content) {
    file = content.clone();
    return this;
  }

  Set<Integer> openFds() {
    return openFds;
  }

  /** The group descriptor of each perf_event_open so far. */
  List<Integer> groupFds() {
    return groupFds;
  }

  int callsMade(String call) {
    return callsMade.getOrDefault(call, 0);
  }

  private int result(String call, int granted) {
    int occurrence = callsMade.merge(call, 1, Integer::sum);
    boolean fails = call.equals(failingCall) && occurrence == failingOccurrence;
    return fails ? -failingErrno : granted;
  }

  private int newFd(String call) {
    int fd = result(call, nextFd++);
    if (fd >= 0) {
      openFds.add(fd);
    }
    return fd;
  }

  @Override
  public int perfEventOpen(NativeBuffer attr, int tid, int groupFd) {
    groupFds.add(groupFd);
    return newFd("perf_event_open");
  }

  @Override
  public int ioctl(int fd, long request) {
    return result("ioctl", 0);
  }

  @Override
  public int ioctl(int fd, long request, NativeBuffer argument) {
    return result("ioctl", 0);
  }

  @Override
  public int read(int fd, NativeBuffer into) {
    return result("read", copyFile(into, 0));
  }

  @Override
  public int pread(int fd, NativeBuffer into, long offset) {
    return result("pread", copyFile(into, Math.toIntExact(offset)));
  }

  private int copyFile(NativeBuffer into, int offset) {
    int count = Math.max(0, Math.min(into.size(), file.length - offset));
    into.bytes().put(0, file, Math.min(offset, file.length), count);
    return count;
  }

  @Override
  public long mmap(int fd, int size) {
    return result("mmap", 0);
  }

  @Override
  public int munmap(long address, int size) {
    return result("munmap", 0);
  }

  @Override
  public int capget(NativeBuffer header, NativeBuffer data) {
    return result("capget", 0);
  }

  @Override
  public int capset(NativeBuffer header, NativeBuffer data) {
    return result("capset", 0);
  }

  @Override
  public int close(int fd) {
    return openFds.remove(fd) ? result("close", 0) : -Errno.EBADF;
  }

  @Override
  public int poll(NativeBuffer pollFds, int count, int timeoutMs) {
    return result("poll", 0);
  }

  @Override
  public int pidfdOpen(int pid) {
    return newFd("pidfd_open");
  }

  @Override
  public int pidfdGetfd(int pidfd, int targetFd) {
    return newFd("pidfd_getfd");
  }

  @Override
  public int kcmp(int pid, int type, int index1, int index2) {
    return result("kcmp", 0);
  }

  @Override
  public int getrlimit(int resource, NativeBuffer limit) {
    copyFile(limit, 0);
    return result("getrlimit", 0);
  }
}
