package org.vcpuacct.kernel;

/** The capabilities that a part of this software needs (capabilities(7)). */
public enum Capability {
  /** Reads files and folders whatever their permissions. */
  DAC_READ_SEARCH(2),
  /** Listens on ports below 1024. */
  NET_BIND_SERVICE(10),
  /** Looks into processes of other users. */
  SYS_PTRACE(19),
  /** Before Linux 5.8, and where perf_event_paranoid is above 2: measures other processes. */
  SYS_ADMIN(21),
  /** Measures other processes. */
  PERFMON(38),
  /** Loads BPF programs, and before Linux 5.19 uses maps that are loaded. */
  BPF(39);

  private final int number;

  Capability(int number) {
    this.number = number;
  }

  long bit() {
    return 1L << number;
  }
}
