package org.vcpuacct.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.vcpuacct.host.HostRoot;

/** A host built in a folder: for VMMs that cannot be recorded, and for what happens over time. */
final class BuiltHost {

  static final int KERNEL_THREAD = 0x0020_8040;
  static final int USER_WORKER = 0x4000;

  private final Path root;

  BuiltHost(Path root) {
    this.root = root;
    process(1, "init").fd(0, "/dev/null");
  }

  HostRoot root() {
    return new HostRoot(root);
  }

  /** A process with one thread. */
  BuiltProcess process(int pid, String name) {
    return new BuiltProcess(pid, name, 1, 0);
  }

  /** A process with one thread, and these PF_ flags. */
  BuiltProcess process(int pid, String name, int flags) {
    return new BuiltProcess(pid, name, 1, flags);
  }

  /** A process with one thread, forked by another. */
  BuiltProcess fork(int pid, String name, int parentPid) {
    return new BuiltProcess(pid, name, parentPid, 0);
  }

  /**
   * Says in which PID namespace a process is.
   *
   * @param process its folder in /proc: 1 is that which the processes are numbered in
   */
  void linkPidNamespace(String process, String namespace) {
    createFolder(path("proc/" + process + "/ns"));
    link(path("proc/" + process + "/ns/pid"), namespace);
  }

  /** Mounts debugfs, empty but for KVM's folder. */
  void mountDebugFs() {
    createFolder(path("sys/kernel/debug/kvm"));
  }

  void removeDebugFs() {
    delete(path("sys/kernel/debug/kvm"));
  }

  /** Makes a VM's folder in debugfs. */
  void debugFsVm(int creatorThread, int vmFd) {
    createFolder(path("sys/kernel/debug/kvm/" + creatorThread + "-" + vmFd));
  }

  /** Makes a vCPU's folder in debugfs; thread 0 if it never ran. */
  void debugFsVcpu(int creatorThread, int vmFd, int vcpu, int thread) {
    write(
        path("sys/kernel/debug/kvm/" + creatorThread + "-" + vmFd + "/vcpu" + vcpu + "/pid"),
        thread + "\n");
  }

  void removeDebugFsVm(int creatorThread, int vmFd) {
    delete(path("sys/kernel/debug/kvm/" + creatorThread + "-" + vmFd));
  }

  /** A process, to be filled. */
  final class BuiltProcess {

    private final int pid;
    private final String name;
    private final int parentPid;
    private final int flags;
    private int threads;
    private long startTicks = 1000;

    private BuiltProcess(int pid, String name, int parentPid, int flags) {
      this.pid = pid;
      this.name = name;
      this.parentPid = parentPid;
      this.flags = flags;
      createFolder(path("proc/" + pid + "/fd"));
      thread(pid, name, "running");
      write(path("proc/" + pid + "/status"), "Name:\t" + name + "\nTgid:\t" + pid + "\n");
      commandLine();
    }

    BuiltProcess commandLine(String... arguments) {
      StringBuilder text = new StringBuilder();
      for (String argument : arguments) {
        text.append(argument).append('\0');
      }
      write(path("proc/" + pid + "/cmdline"), text.toString());
      return this;
    }

    BuiltProcess program(String target) {
      link(path("proc/" + pid + "/exe"), target);
      return this;
    }

    BuiltProcess startTicks(long ticks) {
      startTicks = ticks;
      writeStat('S');
      return this;
    }

    BuiltProcess fd(int number, String target) {
      link(path("proc/" + pid + "/fd/" + number), target);
      return this;
    }

    BuiltProcess vm(int fd) {
      return fd(fd, "anon_inode:kvm-vm");
    }

    BuiltProcess vcpu(int fd, int id) {
      return fd(fd, "anon_inode:kvm-vcpu:" + id);
    }

    BuiltProcess closeFd(int number) {
      delete(path("proc/" + pid + "/fd/" + number));
      return this;
    }

    /** A thread that is elsewhere than in KVM_RUN. */
    BuiltProcess thread(int tid, String comm) {
      return thread(tid, comm, "202 0x7f00 0x80 0x0 0x0 0x0 0x0 0x7f01 0x7f02");
    }

    /** A thread that sleeps in ioctl(fd, KVM_RUN). */
    BuiltProcess threadInKvmRun(int tid, String comm, int fd) {
      return thread(tid, comm, kvmRun(fd));
    }

    /** A thread with guest time. */
    BuiltProcess threadWithGuestTime(int tid, String comm) {
      thread(tid, comm, "running");
      writeThreadStat(tid, comm, 0, 500);
      return this;
    }

    /** A thread that KVM made while its creator was in ioctl(fd, KVM_RUN). */
    BuiltProcess workerMadeInKvmRun(int tid, String comm, int fd) {
      thread(tid, comm, kvmRun(fd));
      writeThreadStat(tid, comm, USER_WORKER, 0);
      return this;
    }

    BuiltProcess endThread(int tid) {
      delete(path("proc/" + pid + "/task/" + tid));
      threads--;
      writeStat('S');
      return this;
    }

    /** Ends the process; its parent has not waited for it yet. */
    void becomeZombie() {
      writeStat('Z');
      delete(path("proc/" + pid + "/fd"));
      createFolder(path("proc/" + pid + "/fd"));
    }

    void end() {
      delete(path("proc/" + pid));
    }

    private BuiltProcess thread(int tid, String comm, String syscall) {
      write(path("proc/" + pid + "/task/" + tid + "/syscall"), syscall + "\n");
      writeThreadStat(tid, comm, flags, 0);
      threads++;
      writeStat('S');
      return this;
    }

    private void writeStat(char state) {
      write(path("proc/" + pid + "/stat"), stat(pid, name, state, flags, 0));
    }

    private void writeThreadStat(int tid, String comm, int threadFlags, long guestTicks) {
      write(
          path("proc/" + pid + "/task/" + tid + "/stat"),
          stat(tid, comm, 'S', threadFlags, guestTicks));
    }

    private String stat(int id, String comm, char state, int statFlags, long guestTicks) {
      return "%d (%s) %c %d 1 1 0 -1 %d 0 0 0 0 5 5 0 0 20 0 %d 0 %d%s 17 1 0 0 0 %d 0 0\n"
          .formatted(
              id,
              comm,
              state,
              parentPid,
              statFlags,
              threads,
              startTicks,
              " 0".repeat(15),
              guestTicks);
    }

    private String kvmRun(int fd) {
      return "16 0x" + Integer.toHexString(fd) + " 0xae80 0x0 0x0 0x0 0x0 0x7f01 0x7f02";
    }
  }

  private Path path(String relative) {
    return root.resolve(relative);
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    createFolder(file.getParent());
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void link(Path link, String target) {
    try {
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, Path.of(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path root) {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
