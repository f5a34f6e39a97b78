package org.vcpuacct.kernel;

/**
 * Numbers of the system calls that the C library has no function for.
 *
 * <p>Source: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h (arm64);
 * new calls have had the same number on all architectures since 424.
 */
record SyscallNumbers(long perfEventOpen, long kcmp, long pidfdOpen, long pidfdGetfd) {

  private static final SyscallNumbers X86_64 = new SyscallNumbers(298, 312, 434, 438);
  private static final SyscallNumbers ARM64 = new SyscallNumbers(241, 272, 434, 438);

  /**
   * @param osName as in the system property {@code os.name}
   * @param osArch as in the system property {@code os.arch}
   */
  static SyscallNumbers of(String osName, String osArch) throws NativeUnavailableException {
    if (!osName.equals("Linux")) {
      throw new NativeUnavailableException(
          "system calls of Linux are not available on " + osName, null);
    }
    return switch (osArch) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64" -> ARM64;
      default ->
          throw new NativeUnavailableException(
              "system call numbers are known for x86_64 and aarch64, not for " + osArch, null);
    };
  }
}
