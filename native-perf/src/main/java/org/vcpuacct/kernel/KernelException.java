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
    super(call + ": " + Errno.describe(errno));
    this.errno = errno;
  }

  /** The positive error number, as in {@code errno(3)}. */
  public int errno() {
    return errno;
  }
}
