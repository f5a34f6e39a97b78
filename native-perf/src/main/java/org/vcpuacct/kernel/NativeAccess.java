package org.vcpuacct.kernel;

/** The way to native code, which some hosts do not allow. */
public final class NativeAccess {

  private static SystemCalls systemCalls;
  private static String problem = "";

  private NativeAccess() {}

  /**
   * Loads what native calls need, unless that was done before.
   *
   * @throws NativeUnavailableException if it cannot be loaded; says why and how to mend it
   */
  public static void require() throws NativeUnavailableException {
    systemCalls();
  }

  static synchronized SystemCalls systemCalls() throws NativeUnavailableException {
    if (systemCalls == null) {
      SyscallNumbers numbers =
          SyscallNumbers.of(System.getProperty("os.name"), System.getProperty("os.arch"));
      loadLibrary();
      systemCalls = new LinuxSystemCalls(numbers);
    }
    return systemCalls;
  }

  // The virtual machine tells the reason only the first time; the problem is kept for the next.
  private static void loadLibrary() throws NativeUnavailableException {
    if (!problem.isEmpty()) {
      throw new NativeUnavailableException(problem, null);
    }
    try {
      LibC.errno();
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error e) {
      // UnsatisfiedLinkError, or a plain Error for a libjnidispatch of another version.
      problem =
          "JNA cannot load its native library: "
              + e.getMessage()
              + ": start java with -Djna.tmpdir=DIR, where DIR is writable and not mounted noexec";
      throw new NativeUnavailableException(problem, e);
    }
  }
}
