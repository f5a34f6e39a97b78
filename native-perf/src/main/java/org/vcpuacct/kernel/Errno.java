package org.vcpuacct.kernel;

/** Error numbers of Linux that this project tells apart, and their names. */
public final class Errno {

  /** Operation not permitted: a missing capability, or lockdown. */
  public static final int EPERM = 1;

  /** No such file or directory. */
  public static final int ENOENT = 2;

  /** No such process or thread. */
  public static final int ESRCH = 3;

  /** Input/output error. */
  public static final int EIO = 5;

  /** Bad file descriptor. */
  public static final int EBADF = 9;

  /** Permission denied. */
  public static final int EACCES = 13;

  /** No such device. */
  public static final int ENODEV = 19;

  /** Invalid argument. */
  public static final int EINVAL = 22;

  /** Too many open files in this process. */
  public static final int EMFILE = 24;

  /** The kernel does not have this system call. */
  public static final int ENOSYS = 38;

  private Errno() {}

  /** The number's name and meaning, for example {@code EPERM (operation not permitted)}. */
  public static String describe(int errno) {
    return switch (errno) {
      case EPERM -> "EPERM (operation not permitted)";
      case ENOENT -> "ENOENT (no such file or directory)";
      case ESRCH -> "ESRCH (no such process)";
      case EIO -> "EIO (input/output error)";
      case EBADF -> "EBADF (bad file descriptor)";
      case EACCES -> "EACCES (permission denied)";
      case ENODEV -> "ENODEV (no such device)";
      case EINVAL -> "EINVAL (invalid argument)";
      case EMFILE -> "EMFILE (too many open files)";
      case ENOSYS -> "ENOSYS (no such system call)";
      default -> "errno " + errno;
    };
  }
}
