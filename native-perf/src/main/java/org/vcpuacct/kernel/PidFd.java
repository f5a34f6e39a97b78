package org.vcpuacct.kernel;

import java.io.Closeable;

/**
 * A process held by pidfd_open(2), Linux 5.3: its number cannot come to mean another process.
 *
 * <p>The process was chosen by its number all the same: whoever found the number earlier compares
 * the start time in /proc/PID/stat once this is open. Not safe for use by two threads.
 */
public final class PidFd implements Closeable {

  private static final int POLL_FD_SIZE = 8;
  private static final int FD_OFFSET = 0;
  private static final int EVENTS_OFFSET = 4;
  private static final short POLLIN = 1;
  private static final int AT_ONCE_MS = 0;

  private final SystemCalls calls;
  private final int pid;
  private final OwnedFd fd;
  private final NativeBuffer pollFd;

  private PidFd(SystemCalls calls, int pid, OwnedFd fd) {
    this.calls = calls;
    this.pid = pid;
    this.fd = fd;
    this.pollFd = NativeBuffer.allocate(POLL_FD_SIZE);
    this.pollFd.bytes().putShort(EVENTS_OFFSET, POLLIN);
  }

  /**
   * Takes hold of a process.
   *
   * @param pid the process's number; that of a thread other than its first is refused
   * @throws KernelException {@link Errno#ESRCH} if there is no such process, {@link Errno#ENOSYS}
   *     before Linux 5.3
   */
  public static PidFd open(int pid) throws KernelException, NativeUnavailableException {
    return open(NativeAccess.systemCalls(), pid);
  }

  static PidFd open(SystemCalls calls, int pid) throws KernelException {
    int fd = calls.pidfdOpen(pid);
    if (fd < 0) {
      String remedy = -fd == Errno.ENOSYS ? "needs Linux 5.3" : "";
      throw new KernelException("pidfd_open(" + pid + ")", -fd, remedy);
    }
    return new PidFd(calls, pid, new OwnedFd(calls, fd));
  }

  /** The number that the process was chosen by. */
  public int pid() {
    return pid;
  }

  /** Whether the process has not ended. One system call that does not wait. */
  public boolean alive() throws KernelException {
    pollFd.bytes().putInt(FD_OFFSET, fd.number());
    int ready = calls.poll(pollFd, 1, AT_ONCE_MS);
    if (ready < 0) {
      throw new KernelException("poll(pidfd of " + pid + ")", -ready);
    }
    return ready == 0;
  }

  /**
   * Duplicates a file descriptor of the process into this one by pidfd_getfd(2), Linux 5.6.
   *
   * @throws KernelException {@link Errno#EBADF} if the process has no such descriptor (any more),
   *     {@link Errno#EPERM} without the right to trace it, {@link Errno#ESRCH} if it ended
   */
  OwnedFd duplicate(int targetFd) throws KernelException {
    int duplicate = calls.pidfdGetfd(fd.number(), targetFd);
    if (duplicate < 0) {
      throw new KernelException(
          "pidfd_getfd(process " + pid + ", fd " + targetFd + ")",
          -duplicate,
          duplicateRemedy(-duplicate));
    }
    return new OwnedFd(calls, duplicate);
  }

  private static String duplicateRemedy(int errno) {
    return switch (errno) {
      case Errno.EPERM -> "needs CAP_SYS_PTRACE, or a change of the host's security policy";
      case Errno.ENOSYS -> "needs Linux 5.6";
      case Errno.EMFILE -> "raise RLIMIT_NOFILE (LimitNOFILE= of the systemd unit)";
      default -> "";
    };
  }

  SystemCalls calls() {
    return calls;
  }

  /** Lets go of the process. Closing twice is harmless. */
  @Override
  public void close() {
    fd.close();
  }
}
