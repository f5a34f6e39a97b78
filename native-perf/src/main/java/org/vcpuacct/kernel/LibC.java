package org.vcpuacct.kernel;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The C library's functions, mapped directly: only primitives cross the border, so that a call
 * makes no object. Addresses and sizes are 64 bits wide, as on every architecture of {@link
 * SyscallNumbers}.
 *
 * <p>Loading this class loads JNA; {@link NativeAccess} does that and handles its failure.
 */
final class LibC {

  static {
    // The running process already has the C library in it: no file has to be searched for.
    Native.register(LibC.class, NativeLibrary.getProcess());
  }

  private LibC() {}

  static native long syscall(long number, long a1, long a2, long a3, long a4, long a5);

  static native int ioctl(int fd, long request, long argument);

  static native long read(int fd, long into, long size);

  static native long pread(int fd, long into, long size, long offset);

  static native long mmap(long address, long size, int protection, int flags, int fd, long offset);

  static native int munmap(long address, long size);

  static native int close(int fd);

  static native int poll(long pollFds, long count, int timeoutMs);

  static native int socket(int family, int type, int protocol);

  static native int bind(int fd, long address, int addressBytes);

  static native int listen(int fd, int backlog);

  static native int accept4(int fd, long address, long addressBytes, int flags);

  static native long send(int fd, long from, long size, int flags);

  static native long sendto(
      int fd, long from, long size, int flags, long address, int addressBytes);

  static native long recv(int fd, long into, long size, int flags);

  static native int eventfd(int count, int flags);

  static native long write(int fd, long from, long size);

  static native int capget(long header, long data);

  static native int capset(long header, long data);

  static native int getrlimit(int resource, long limit);

  /** The errno of the calling thread's last call. */
  static int errno() {
    return Native.getLastError();
  }
}
