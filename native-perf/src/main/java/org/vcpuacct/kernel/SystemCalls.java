package org.vcpuacct.kernel;

/**
 * The system calls this package makes, each with the kernel's own convention: a negative result is
 * the errno with its sign turned. Tests put another implementation here to fail a call on demand.
 */
interface SystemCalls {

  /** Opens a counter on one thread, on whatever CPU it runs, with PERF_FLAG_FD_CLOEXEC. */
  int perfEventOpen(NativeBuffer attr, int tid, int groupFd);

  int ioctl(int fd, long request);

  int ioctl(int fd, long request, NativeBuffer argument);

  int read(int fd, NativeBuffer into);

  int pread(int fd, NativeBuffer into, long offset);

  /** Maps a file from its start, shared, for reading and writing; returns the address. */
  long mmap(int fd, int size);

  int munmap(long address, int size);

  int close(int fd);

  int poll(NativeBuffer pollFds, int count, int timeoutMs);

  int pidfdOpen(int pid);

  int pidfdGetfd(int pidfd, int targetFd);

  /** Compares two resources of one process. */
  int kcmp(int pid, int type, int index1, int index2);

  /** The capabilities of the calling thread. */
  int capget(NativeBuffer header, NativeBuffer data);

  /** Sets the capabilities of the calling thread. */
  int capset(NativeBuffer header, NativeBuffer data);

  int getrlimit(int resource, NativeBuffer limit);
}
