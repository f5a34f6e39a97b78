package org.vcpuacct.kernel;

import java.io.IOException;

/** A system call failed. The message names the call, what it was called on, and the errno. */
public final class KernelException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int errno;

  /**
   * @param call the system call and what it was called on, for example {@code
   *     perf_event_open(kvm:kvm_exit, thread 4711)}
   * @param errno the positive error number that the kernel returned
   */
  public KernelException(String call, int errno) {
    this(call, errno, "");
  }

  /**
   * @param call the system call and what it was called on
   * @param errno the positive error number that the kernel returned
   * @param remedy what would mend it, or the empty string
   */
  public KernelException(String call, int errno, String remedy) {
    super(call + ": " + Errno.describe(errno) + (remedy.isEmpty() ? "" : ": " + remedy));
    this.errno = errno;
  }

  /** The positive error number, as in {@code errno(3)}. */
  public int errno() {
    return errno;
  }
}
