package org.vcpuacct.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.vcpuacct.guest.GuestLoads;
import org.vcpuacct.guest.GuestSettings;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ne.NetworkElements;
import org.vcpuacct.overload.OverloadControls;
import org.vcpuacct.overload.OverloadSettings;
import org.vcpuacct.sampler.Sampler;
import org.vcpuacct.source.TierSelector;
import org.vcpuacct.vm.SameFile;
import org.vcpuacct.vm.VmIndexes;
import org.vcpuacct.vm.VmScanner;

/**
 * A host of many VMs, made of one recorded VMM that is copied with new numbers, and of kernel
 * threads. It lies in a folder of a file system in memory, where there is one.
 *
 * <p>Its vCPUs run when {@link #runVcpus} is called: then the figures in their files grow.
 */
final class ReplicatedHost implements Closeable {

  private static final Path IN_MEMORY = Path.of("/dev/shm");

  /** As many as a server with some tens of CPUs has. */
  private static final int KERNEL_THREADS = 400;

  private static final int KTHREADD = 2;
  private static final int FIRST_VMM_PID = 100_000;
  private static final int PIDS_PER_VMM = 1_000;

  private final RecordedVmm recorded;
  private final Path root;
  private final List<VcpuThreadFiles> vcpuThreads = new ArrayList<>();

  private ReplicatedHost(RecordedVmm recorded, Path root) {
    this.recorded = recorded;
    this.root = root;
  }

  /** Makes a host with this many VMs of this many vCPUs. */
  static ReplicatedHost of(int vms, int vcpusPerVm) throws IOException {
    ReplicatedHost host = new ReplicatedHost(RecordedVmm.find(), newFolder());
    host.copyProcesses();
    for (int vm = 0; vm < vms; vm++) {
      host.addVm(FIRST_VMM_PID + vm * PIDS_PER_VMM, "vm" + vm, vcpusPerVm);
    }
    return host;
  }

  private static Path newFolder() throws IOException {
    return Files.isWritable(IN_MEMORY)
        ? Files.createTempDirectory(IN_MEMORY, "vcpuacct-benchmark")
        : Files.createTempDirectory("vcpuacct-benchmark");
  }

  /** Where its /proc and /sys are. */
  HostRoot root() {
    return new HostRoot(root);
  }

  /** A scanner as the daemon has it. */
  VmScanner newScanner() {
    return new VmScanner(root(), SameFile.UNKNOWN);
  }

  /** What the host allows, as the daemon finds it in tier sampled. */
  TierSelector newSelector() {
    return new TierSelector(root(), Tier.SAMPLED);
  }

  /**
   * A sampler of tier sampled, put together as the daemon does it but for clock and state.
   *
   * @param monotonicNs CLOCK_MONOTONIC of this host, ns
   */
  Sampler newSampler(LongSupplier monotonicNs) {
    TierSelector selector = newSelector();
    VmIndexes indexes = VmIndexes.inMemory();
    return new Sampler(
        root(),
        newScanner(),
        indexes,
        new NetworkElements(List.of(), indexes),
        new OverloadControls(OverloadSettings.defaults()),
        new GuestLoads(GuestSettings.off(), root(), monotonicNs),
        selector.sources(),
        selector.limits(),
        monotonicNs,
        InstantSource.system());
  }

  /**
   * Lets the first vCPUs run.
   *
   * @param vcpus how many of them
   * @param cpuNs CPU time of each, ns
   */
  void runVcpus(int vcpus, long cpuNs) throws IOException {
    for (VcpuThreadFiles thread : vcpuThreads.subList(0, vcpus)) {
      thread.run(cpuNs);
    }
  }

  private void copyProcesses() throws IOException {
    Path from = recorded.host().resolve("proc");
    Path to = Files.createDirectories(root.resolve("proc"));
    Files.copy(from.resolve("stat"), to.resolve("stat"));
    copyStat(from.resolve("1"), Files.createDirectories(to.resolve("1/fd")).getParent(), 1);
    Path kthreadd = from.resolve(Integer.toString(KTHREADD));
    for (int pid = KTHREADD; pid < KTHREADD + KERNEL_THREADS; pid++) {
      copyStat(kthreadd, Files.createDirectories(to.resolve(Integer.toString(pid))), pid);
    }
  }

  private static void copyStat(Path from, Path to, int pid) throws IOException {
    StatLine stat = StatLine.parse(Files.readString(from.resolve("stat")));
    Files.writeString(to.resolve("stat"), stat.withId(pid).toString());
  }

  private void addVm(int pid, String name, int vcpus) throws IOException {
    Path process = root.resolve("proc").resolve(Integer.toString(pid));
    Files.createDirectories(process.resolve("fd"));
    copyProcessFiles(process, pid, name, vcpus);
    int firstVcpuFd = copyFds(process, vcpus);
    int threadId = pid;
    for (Path thread : recorded.otherThreads()) {
      copyThread(thread, process, threadId++);
    }
    for (int vcpu = 0; vcpu < vcpus; vcpu++) {
      addVcpuThread(process, threadId++, vcpu, firstVcpuFd + vcpu);
    }
  }

  private void copyProcessFiles(Path process, int pid, String name, int vcpus) throws IOException {
    Path from = recorded.process();
    for (String file : List.of("comm", "status")) {
      Files.copy(from.resolve(file), process.resolve(file));
    }
    Files.createSymbolicLink(process.resolve("exe"), Files.readSymbolicLink(from.resolve("exe")));
    Files.writeString(
        process.resolve("cmdline"), String.join("\0", "qemu-system-x86_64", "-name", name) + "\0");
    StatLine stat = StatLine.parse(Files.readString(from.resolve("stat")));
    int threads = recorded.otherThreads().size() + vcpus;
    Files.writeString(
        process.resolve("stat"), stat.withId(pid).with(StatLine.NUM_THREADS, threads).toString());
  }

  /** Copies what the descriptors are, and returns the first of the new vCPUs' descriptors. */
  private int copyFds(Path process, int vcpus) throws IOException {
    int last = 0;
    for (Path fd : children(recorded.process().resolve("fd"))) {
      String target = Files.readSymbolicLink(fd).toString();
      if (!target.startsWith(RecordedVmm.VCPU_LINK)) {
        linkFd(process, Integer.parseInt(fd.getFileName().toString()), target);
      }
      last = Math.max(last, Integer.parseInt(fd.getFileName().toString()));
    }
    for (int vcpu = 0; vcpu < vcpus; vcpu++) {
      linkFd(process, last + 1 + vcpu, RecordedVmm.VCPU_LINK + vcpu);
    }
    return last + 1;
  }

  private static void linkFd(Path process, int fd, String target) throws IOException {
    Files.createSymbolicLink(process.resolve("fd").resolve(Integer.toString(fd)), Path.of(target));
  }

  private static void copyThread(Path from, Path process, int threadId) throws IOException {
    Path to = newThread(process, threadId);
    for (String file : List.of("comm", "schedstat", "syscall")) {
      Files.copy(from.resolve(file), to.resolve(file));
    }
    copyStat(from, to, threadId);
  }

  private void addVcpuThread(Path process, int threadId, int vcpu, int fd) throws IOException {
    Path from = recorded.vcpuThread();
    Path to = newThread(process, threadId);
    String name = "CPU " + vcpu + "/KVM";
    Files.writeString(to.resolve("comm"), name + "\n");
    Files.copy(from.resolve("schedstat"), to.resolve("schedstat"));
    // "16 0xFD 0xae80 ...": ioctl, the vCPU's descriptor, KVM_RUN.
    String[] call = Files.readString(from.resolve("syscall")).split(" ", -1);
    call[1] = "0x" + Integer.toHexString(fd);
    Files.writeString(to.resolve("syscall"), String.join(" ", call));
    StatLine stat = StatLine.parse(Files.readString(from.resolve("stat")));
    Files.writeString(to.resolve("stat"), stat.withId(threadId).withComm(name).toString());
    vcpuThreads.add(VcpuThreadFiles.open(to));
  }

  private static Path newThread(Path process, int threadId) throws IOException {
    return Files.createDirectories(process.resolve("task").resolve(Integer.toString(threadId)));
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    }
  }

  /** Deletes the folder. */
  @Override
  public void close() throws IOException {
    for (VcpuThreadFiles thread : vcpuThreads) {
      thread.close();
    }
    try (Stream<Path> files = Files.walk(root)) {
      files.sorted(Comparator.reverseOrder()).forEach(ReplicatedHost::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
