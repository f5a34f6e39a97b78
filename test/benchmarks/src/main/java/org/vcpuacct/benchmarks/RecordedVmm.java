package org.vcpuacct.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process of QEMU on a recorded host, from which others are made. QEMU names the thread of vCPU N
 * {@code CPU N/KVM}.
 */
final class RecordedVmm {

  static final String VCPU_LINK = "anon_inode:kvm-vcpu:";
  static final String VM_LINK = "anon_inode:kvm-vm";

  private static final String HOSTS = "test/hosts/qemu-7.2";
  private static final String FIRST_VCPU_THREAD = "CPU 0/KVM";
  private static final String ANY_VCPU_THREAD = "CPU \\d+/KVM";

  private final Path host;
  private final Path process;

  private RecordedVmm(Path host, Path process) {
    this.host = host;
    this.process = process;
  }

  /**
   * The first VMM with named threads on the project's recorded host.
   *
   * @throws IllegalStateException if the working directory is not in a checkout of the project
   */
  static RecordedVmm find() {
    Path host = recordedHost();
    try (Stream<Path> processes = Files.list(host.resolve("proc"))) {
      return processes
          .map(process -> new RecordedVmm(host, process))
          .filter(vmm -> !vmm.threads(FIRST_VCPU_THREAD).isEmpty())
          .min(Comparator.comparing(vmm -> vmm.process))
          .orElseThrow(() -> new IllegalStateException(host + ": no " + FIRST_VCPU_THREAD));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path recordedHost() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(HOSTS))) {
        return folder.resolve(HOSTS);
      }
    }
    throw new IllegalStateException("run this in a checkout of the project: no " + HOSTS);
  }

  /** The root of the recorded host. */
  Path host() {
    return host;
  }

  /** /proc/PID as recorded. */
  Path process() {
    return process;
  }

  /** /proc/PID/task/TID of the first vCPU. */
  Path vcpuThread() {
    return threads(FIRST_VCPU_THREAD).get(0);
  }

  /** /proc/PID/task/TID of every thread that runs no vCPU, the main thread first. */
  List<Path> otherThreads() {
    List<Path> vcpus = threads(ANY_VCPU_THREAD);
    return threads(".*").stream().filter(thread -> !vcpus.contains(thread)).toList();
  }

  private List<Path> threads(String name) {
    Path tasks = process.resolve("task");
    if (!Files.isDirectory(tasks)) {
      return List.of();
    }
    try (Stream<Path> threads = Files.list(tasks)) {
      return threads
          .filter(thread -> read(thread.resolve("comm")).strip().matches(name))
          .sorted(Comparator.comparingInt(t -> Integer.parseInt(t.getFileName().toString())))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
