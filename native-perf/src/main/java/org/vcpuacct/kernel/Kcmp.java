package org.vcpuacct.kernel;

/** kcmp(2): whether two processes, or two descriptors of one, share a kernel resource. */
public final class Kcmp {

  private static final int KCMP_FILE = 0;
  private static final int EQUAL = 0;

  private Kcmp() {}

  /**
   * Whether two file descriptors of a process are the same open file, made by dup(2) or the like.
   *
   * @throws KernelException {@link Errno#ENOSYS} on a kernel without CONFIG_KCMP, {@link
   *     Errno#EPERM} without the right to inspect the process, {@link Errno#EBADF} if it does not
   *     have both descriptors, {@link Errno#ESRCH} if it ended
   */
  public static boolean sameFile(int pid, int fd1, int fd2)
      throws KernelException, NativeUnavailableException {
    return sameFile(NativeAccess.systemCalls(), pid, fd1, fd2);
  }

  static boolean sameFile(SystemCalls calls, int pid, int fd1, int fd2) throws KernelException {
    int order = calls.kcmp(pid, KCMP_FILE, fd1, fd2);
    if (order < 0) {
      throw new KernelException(
          "kcmp(process " + pid + ", fd " + fd1 + ", fd " + fd2 + ")", -order, remedy(-order));
    }
    return order == EQUAL;
  }

  private static String remedy(int errno) {
    return switch (errno) {
      case Errno.EPERM -> "needs CAP_SYS_PTRACE";
      case Errno.ENOSYS -> "the kernel is built without CONFIG_KCMP";
      default -> "";
    };
  }
}
