package org.vcpuacct.vm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vcpuacct.host.HostFiles;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.IoReason;
import org.vcpuacct.host.Limit;

/**
 * What KVM tells in debugfs: a folder {@code kvm/<creator's thread>-<VM's fd>} for each VM, and in
 * it {@code vcpuN/pid}, the thread that last ran the vCPU (virt/kvm/kvm_main.c
 * kvm_create_vm_debugfs and vcpu_get_pid, Linux 6.1; x86 and PowerPC only).
 *
 * <p>Numbers there are those of the first PID namespace, so in any other all of it is ignored.
 */
final class KvmDebugFs {

  private static final Pattern VM_FOLDER = Pattern.compile("(\\d{1,9})-(\\d{1,9})");
  private static final Pattern VCPU_FOLDER = Pattern.compile("vcpu(\\d{1,9})");
  private static final int MAX_PID_BYTES = 32;

  private final HostRoot root;
  private final HostFiles files;
  private final boolean firstPidNamespace;
  private Set<VmFolder> vms = Set.of();
  private Obstacle obstacle;

  /**
   * A VM's folder.
   *
   * @param creatorThread the thread that made the VM; it may have ended since
   * @param vmFd the descriptor it got
   */
  record VmFolder(int creatorThread, int vmFd) implements Comparable<VmFolder> {

    String name() {
      return creatorThread + "-" + vmFd;
    }

    @Override
    public int compareTo(VmFolder other) {
      int byThread = Integer.compare(creatorThread, other.creatorThread);
      return byThread != 0 ? byThread : Integer.compare(vmFd, other.vmFd);
    }
  }

  /** Why debugfs cannot be read, and what to do so that it can. */
  private record Obstacle(String reason, String mend) {}

  KvmDebugFs(HostRoot root, HostFiles files) {
    this.root = root;
    this.files = files;
    this.firstPidNamespace = PidNamespace.isFirst(files, root.process(1));
  }

  /** Whether the VMs can be listed: then a VM that comes or goes shows here at once. */
  boolean isReadable() {
    return obstacle == null;
  }

  /** The folders, as {@link #refresh} found them. */
  Set<VmFolder> vms() {
    return vms;
  }

  /** Lists the folders anew. */
  void refresh() {
    vms = Set.of();
    obstacle = null;
    if (!firstPidNamespace) {
      obstacle =
          new Obstacle("this is not the first PID namespace", "run the daemon outside containers");
      return;
    }
    try {
      vms = folders(files.list(root.kvmDebugFs()));
    } catch (AccessDeniedException e) {
      obstacle = new Obstacle("permission denied", "run as root, or add CAP_DAC_READ_SEARCH");
    } catch (IOException e) {
      obstacle = whyAbsent();
    }
  }

  /** Numbers of the VM's vCPUs; empty where debugfs has no folders for vCPUs. */
  List<Integer> vcpus(VmFolder vm) {
    List<Integer> ids = new ArrayList<>();
    try {
      for (String name : files.list(path(vm))) {
        Matcher folder = VCPU_FOLDER.matcher(name);
        if (folder.matches()) {
          ids.add(Integer.valueOf(folder.group(1)));
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return ids;
  }

  /** The thread that last ran the vCPU; empty if none did yet, or if this kernel does not tell. */
  OptionalInt vcpuThread(VmFolder vm, int vcpuId) {
    try {
      Path file = path(vm).resolve("vcpu" + vcpuId).resolve("pid");
      String text = new String(files.read(file, MAX_PID_BYTES), StandardCharsets.US_ASCII).strip();
      int thread = Integer.parseInt(text);
      return thread > 0 ? OptionalInt.of(thread) : OptionalInt.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /**
   * Why debugfs cannot be read, at the last {@link #refresh}; empty if it can.
   *
   * @param consequence what is absent because of it
   */
  Optional<Limit> limit(String consequence) {
    return Optional.ofNullable(obstacle)
        .map(
            found ->
                new Limit("/sys/kernel/debug/kvm: " + found.reason(), consequence, found.mend()));
  }

  private Obstacle whyAbsent() {
    try {
      return files.list(root.debugFs()).isEmpty()
          ? new Obstacle("debugfs is not mounted", "mount -t debugfs debugfs /sys/kernel/debug")
          : new Obstacle("KVM has nothing in debugfs", "load the module kvm");
    } catch (IOException e) {
      return new Obstacle(IoReason.of(e), "mount -t debugfs debugfs /sys/kernel/debug");
    }
  }

  private static Set<VmFolder> folders(List<String> names) {
    Set<VmFolder> folders = new TreeSet<>();
    for (String name : names) {
      Matcher folder = VM_FOLDER.matcher(name);
      if (folder.matches()) {
        folders.add(
            new VmFolder(Integer.parseInt(folder.group(1)), Integer.parseInt(folder.group(2))));
      }
    }
    return folders;
  }

  /** Where the VM's folder is. */
  Path path(VmFolder vm) {
    return root.kvmDebugFs().resolve(vm.name());
  }
}
