package org.vcpuacct.kernel;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** C functions that only tests call, to have something to observe. */
final class TestLibC {

  static final int O_RDONLY = 0;
  static final int O_RDWR = 2;

  static {
    Native.register(TestLibC.class, NativeLibrary.getProcess());
  }

  private TestLibC() {}

  static native int open(String path, int flags);

  static native int dup(int fd);

  static native int getppid();

  /** The kernel's number of the calling thread. */
  static int currentTid() throws IOException {
    // Reads PID/task/TID.
    Path link = Files.readSymbolicLink(Path.of("/proc/thread-self"));
    return Integer.parseInt(link.getFileName().toString());
  }

  static int currentPid() {
    return Math.toIntExact(ProcessHandle.current().pid());
  }

  static OwnedFd openFile(String path, int flags) throws IOException {
    int fd = open(path, flags);
    if (fd < 0) {
      throw new KernelException("open(" + path + ")", LibC.errno());
    }
    return new OwnedFd(NativeAccess.systemCalls(), fd);
  }

  /** Descriptors of this process whose link in /proc reads so. */
  static List<Integer> openFdsOf(Path target) throws IOException {
    List<Integer> found = new ArrayList<>();
    try (DirectoryStream<Path> fds = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path fd : fds) {
        // The stream's own descriptor is closed by the time it is looked at.
        if (Files.isSymbolicLink(fd) && Files.readSymbolicLink(fd).equals(target)) {
          found.add(Integer.parseInt(fd.getFileName().toString()));
        }
      }
    }
    return found;
  }
}
