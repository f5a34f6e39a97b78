package org.vcpuacct.kernel;

import java.util.Map;

/**
 * Error numbers that the calls of this package can return, and their names.
 *
 * <p>The numbers are those of asm-generic/errno-base.h and asm-generic/errno.h, which x86 and arm64
 * share. The texts are our own because strerror(3) speaks the language of the user's locale, and
 * strerrorname_np(3) is missing before glibc 2.32.
 */
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

  /** It would have to wait. */
  public static final int EAGAIN = 11;

  /** Permission denied. */
  public static final int EACCES = 13;

  /** Invalid argument. */
  public static final int EINVAL = 22;

  /** Too many open files in the whole system. */
  public static final int ENFILE = 23;

  /** Too many open files in this process. */
  public static final int EMFILE = 24;

  /** No space left. */
  public static final int ENOSPC = 28;

  /** The kernel does not have this system call. */
  public static final int ENOSYS = 38;

  /** The kernel does not have this family of sockets, or a filter hides it. */
  public static final int EAFNOSUPPORT = 97;

  private static final Map<Integer, String> DESCRIPTIONS =
      Map.ofEntries(
          Map.entry(EPERM, "EPERM (operation not permitted)"),
          Map.entry(ENOENT, "ENOENT (no such file or directory)"),
          Map.entry(ESRCH, "ESRCH (no such process)"),
          Map.entry(4, "EINTR (interrupted system call)"),
          Map.entry(EIO, "EIO (input/output error)"),
          Map.entry(7, "E2BIG (argument list too long)"),
          Map.entry(EBADF, "EBADF (bad file descriptor)"),
          Map.entry(EAGAIN, "EAGAIN (resource temporarily unavailable)"),
          Map.entry(12, "ENOMEM (cannot allocate memory)"),
          Map.entry(EACCES, "EACCES (permission denied)"),
          Map.entry(14, "EFAULT (bad address)"),
          Map.entry(16, "EBUSY (device or resource busy)"),
          Map.entry(19, "ENODEV (no such device)"),
          Map.entry(EINVAL, "EINVAL (invalid argument)"),
          Map.entry(ENFILE, "ENFILE (too many open files in the system)"),
          Map.entry(EMFILE, "EMFILE (too many open files)"),
          Map.entry(25, "ENOTTY (inappropriate ioctl for device)"),
          Map.entry(ENOSPC, "ENOSPC (no space left on device)"),
          Map.entry(29, "ESPIPE (illegal seek)"),
          Map.entry(ENOSYS, "ENOSYS (no such system call)"),
          Map.entry(32, "EPIPE (the other side has closed)"),
          Map.entry(EAFNOSUPPORT, "EAFNOSUPPORT (address family not supported)"),
          Map.entry(98, "EADDRINUSE (address already in use)"),
          Map.entry(104, "ECONNRESET (connection reset by the other side)"),
          Map.entry(111, "ECONNREFUSED (nobody listens)"),
          Map.entry(95, "EOPNOTSUPP (operation not supported)"));

  private Errno() {}

  /** The number's name and meaning, for example {@code EPERM (operation not permitted)}. */
  public static String describe(int errno) {
    return DESCRIPTIONS.getOrDefault(errno, "errno " + errno);
  }
}
