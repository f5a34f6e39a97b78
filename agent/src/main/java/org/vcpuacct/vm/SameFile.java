package org.vcpuacct.vm;

import java.io.IOException;

/** Tells whether two file descriptors of a process are one open file, duplicated: kcmp(2). */
@FunctionalInterface
public interface SameFile {

  /** For hosts without kcmp(2): every descriptor is taken for a file of its own. */
  SameFile UNKNOWN = (pid, fd1, fd2) -> false;

  /** Whether both descriptors of process {@code pid} refer to the same open file. */
  boolean test(int pid, int fd1, int fd2) throws IOException;
}
