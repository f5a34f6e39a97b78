package org.vcpuacct.kernel;

/**
 * A resource limit of this process, as getrlimit(2) gives it.
 *
 * @param soft what is enforced
 * @param hard what the soft limit can be raised to without privilege
 */
public record ResourceLimit(long soft, long hard) {

  /** No limit: RLIM_INFINITY, which is the largest unsigned number, taken as a signed one. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  private static final int RLIMIT_NOFILE = 7;
  private static final int RLIMIT_SIZE = 16;
  private static final int HARD_OFFSET = 8;

  /**
   * How many file descriptors this process may have. The virtual machine raises the soft limit to
   * the hard one when it starts (MaxFDLimit, on by default): to get more the hard one must rise.
   */
  public static ResourceLimit openFiles() throws KernelException, NativeUnavailableException {
    return openFiles(NativeAccess.systemCalls());
  }

  static ResourceLimit openFiles(SystemCalls calls) throws KernelException {
    NativeBuffer limit = NativeBuffer.allocate(RLIMIT_SIZE);
    int result = calls.getrlimit(RLIMIT_NOFILE, limit);
    if (result < 0) {
      throw new KernelException("getrlimit(RLIMIT_NOFILE)", -result);
    }
    return new ResourceLimit(
        signed(limit.bytes().getLong(0)), signed(limit.bytes().getLong(HARD_OFFSET)));
  }

  private static long signed(long unsigned) {
    return unsigned < 0 ? UNLIMITED : unsigned;
  }
}
