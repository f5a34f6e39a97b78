package org.vcpuacct.host;

import java.nio.file.Path;

/**
 * The root below which every file of /proc and /sys is found. No other class names such a path.
 *
 * <p>{@code /} on a running host; the folder of a recorded host in a test.
 */
public final class HostRoot {

  private final Path root;

  /** A host whose /proc and /sys are below this folder. */
  public HostRoot(Path root) {
    this.root = root;
  }

  /** Whether these are the files of the kernel that runs this process. */
  public boolean isRunningKernel() {
    return root.toAbsolutePath().normalize().equals(Path.of("/"));
  }

  /** {@code /proc}. */
  public Path proc() {
    return root.resolve("proc");
  }

  /** {@code /proc/PID}. */
  public Path process(int pid) {
    return proc().resolve(Integer.toString(pid));
  }

  /** {@code /proc/PID/task/TID}. */
  public Path thread(int pid, int threadId) {
    return process(pid).resolve("task").resolve(Integer.toString(threadId));
  }

  /** {@code /sys/kernel/debug/kvm}: a folder for each VM (virt/kvm/kvm_main.c, Linux 6.1). */
  public Path kvmDebugFs() {
    return debugFs().resolve("kvm");
  }

  /** {@code /sys/kernel/debug}, empty where debugfs is not mounted. */
  public Path debugFs() {
    return root.resolve("sys/kernel/debug");
  }

  /** {@code /sys/kernel/tracing}. */
  public Path tracing() {
    return root.resolve("sys/kernel/tracing");
  }

  /** {@code /sys/kernel/btf/vmlinux}: the types of the kernel (Documentation/bpf/btf.rst). */
  public Path kernelTypes() {
    return root.resolve("sys/kernel/btf/vmlinux");
  }

  /** {@code /sys/kernel/security/lockdown}, missing where securityfs is not mounted. */
  public Path lockdown() {
    return root.resolve("sys/kernel/security/lockdown");
  }

  /** {@code /sys/module}. */
  public Path kernelModules() {
    return root.resolve("sys/module");
  }

  /** {@code /sys/fs/cgroup}, where cgroup2 is mounted (cgroups(7)). */
  public Path controlGroups() {
    return root.resolve("sys/fs/cgroup");
  }

  /** {@code /sys/devices/system/node}: a folder for each NUMA node. */
  public Path numaNodes() {
    return root.resolve("sys/devices/system/node");
  }
}
