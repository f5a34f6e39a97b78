package org.vcpuacct.kernel;

import java.lang.ref.Reference;

/** The system calls of the running kernel. */
final class LinuxSystemCalls implements SystemCalls {

  private static final long ANY_CPU = -1;
  private static final long PERF_FLAG_FD_CLOEXEC = 1 << 3;
  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int MAP_SHARED = 1;

  private final SyscallNumbers numbers;

  LinuxSystemCalls(SyscallNumbers numbers) {
    this.numbers = numbers;
  }

  @Override
  public int perfEventOpen(NativeBuffer attr, int tid, int groupFd) {
    try {
      return result(
          LibC.syscall(
              numbers.perfEventOpen(),
              attr.address(),
              tid,
              ANY_CPU,
              groupFd,
              PERF_FLAG_FD_CLOEXEC));
    } finally {
      Reference.reachabilityFence(attr);
    }
  }

  @Override
  public int ioctl(int fd, long request) {
    return result(LibC.ioctl(fd, request, 0));
  }

  @Override
  public int ioctl(int fd, long request, NativeBuffer argument) {
    try {
      return result(LibC.ioctl(fd, request, argument.address()));
    } finally {
      Reference.reachabilityFence(argument);
    }
  }

  @Override
  public int read(int fd, NativeBuffer into) {
    try {
      return result(LibC.read(fd, into.address(), into.size()));
    } finally {
      Reference.reachabilityFence(into);
    }
  }

  @Override
  public int pread(int fd, NativeBuffer into, long offset) {
    try {
      return result(LibC.pread(fd, into.address(), into.size(), offset));
    } finally {
      Reference.reachabilityFence(into);
    }
  }

  @Override
  public long mmap(int fd, int size) {
    long address = LibC.mmap(0, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    return address == -1 ? -LibC.errno() : address;
  }

  @Override
  public int munmap(long address, int size) {
    return result(LibC.munmap(address, size));
  }

  @Override
  public int close(int fd) {
    return result(LibC.close(fd));
  }

  @Override
  public int poll(NativeBuffer pollFds, int count, int timeoutMs) {
    try {
      return result(LibC.poll(pollFds.address(), count, timeoutMs));
    } finally {
      Reference.reachabilityFence(pollFds);
    }
  }

  @Override
  public int pidfdOpen(int pid) {
    return result(LibC.syscall(numbers.pidfdOpen(), pid, 0, 0, 0, 0));
  }

  @Override
  public int pidfdGetfd(int pidfd, int targetFd) {
    return result(LibC.syscall(numbers.pidfdGetfd(), pidfd, targetFd, 0, 0, 0));
  }

  @Override
  public int kcmp(int pid, int type, int index1, int index2) {
    return result(LibC.syscall(numbers.kcmp(), pid, pid, type, index1, index2));
  }

  @Override
  public int capget(NativeBuffer header, NativeBuffer data) {
    try {
      return result(LibC.capget(header.address(), data.address()));
    } finally {
      Reference.reachabilityFence(header);
      Reference.reachabilityFence(data);
    }
  }

  @Override
  public int capset(NativeBuffer header, NativeBuffer data) {
    try {
      return result(LibC.capset(header.address(), data.address()));
    } finally {
      Reference.reachabilityFence(header);
      Reference.reachabilityFence(data);
    }
  }

  @Override
  public int getrlimit(int resource, NativeBuffer limit) {
    try {
      return result(LibC.getrlimit(resource, limit.address()));
    } finally {
      Reference.reachabilityFence(limit);
    }
  }

  // The C library folds every error into -1 and keeps the number aside; put it back.
  private static int result(long returned) {
    return returned == -1 ? -LibC.errno() : Math.toIntExact(returned);
  }
}
