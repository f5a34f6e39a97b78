package org.vcpuacct.vm;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vcpuacct.host.HostFiles;

/**
 * The KVM file descriptors of one process, from the links in /proc/PID/fd (virt/kvm/kvm_main.c
 * kvm_dev_ioctl_create_vm and create_vcpu_fd, Linux 6.1), or VMs and vCPUs from the kernel's list.
 */
final class KvmFds {

  private static final String VM = "anon_inode:kvm-vm";
  private static final Pattern VCPU = Pattern.compile("anon_inode:kvm-vcpu:(\\d{1,9})");
  private static final String VCPU_STATS_PREFIX = "anon_inode:kvm-vcpu-stats:";

  private final Path folder;
  private final HostFiles files;
  private final Set<Integer> others = new HashSet<>();
  private final SortedSet<Integer> vms = new TreeSet<>();
  private final SortedMap<Integer, Integer> vcpus = new TreeMap<>();
  private final SortedSet<Integer> vcpuStats = new TreeSet<>();

  /**
   * @param folder /proc/PID/fd
   */
  KvmFds(Path folder, HostFiles files) {
    this.folder = folder;
    this.files = files;
  }

  /** Descriptors of VMs, ascending. */
  SortedSet<Integer> vms() {
    return vms;
  }

  /** Descriptors of vCPUs, ascending, and the vCPU's number of each. */
  SortedMap<Integer, Integer> vcpus() {
    return vcpus;
  }

  /** Descriptors of vCPUs' binary statistics, ascending. */
  SortedSet<Integer> vcpuStats() {
    return vcpuStats;
  }

  /**
   * Reads what the descriptors are.
   *
   * @param again whether to read again those that are known too: a number can have been closed and
   *     opened as something else
   * @throws AccessDeniedException if this process must not see them
   */
  void refresh(boolean again) throws IOException {
    List<Integer> open = files.listNumbers(folder);
    if (again) {
      forget();
    } else {
      forgetAllBut(new HashSet<>(open));
    }
    for (int fd : open) {
      if (!isKnown(fd)) {
        link(fd).ifPresent(target -> note(fd, target));
      }
    }
  }

  /**
   * Takes the VMs and vCPUs from the kernel's list, and reads which of the other descriptors are
   * statistics: none, if this process must not see them.
   */
  void refresh(ListedFiles listed) {
    forget();
    vms.addAll(listed.vms().keySet());
    vcpus.putAll(listed.vcpuIds());
    try {
      for (int fd : files.listNumbers(folder)) {
        if (!isKnown(fd)) {
          link(fd).filter(KvmFds::isVcpuStats).ifPresent(target -> vcpuStats.add(fd));
        }
      }
    } catch (IOException e) {
      vcpuStats.clear();
    }
  }

  private void note(int fd, String target) {
    Matcher vcpu = VCPU.matcher(target);
    if (vcpu.matches()) {
      vcpus.put(fd, Integer.valueOf(vcpu.group(1)));
    } else if (target.equals(VM)) {
      vms.add(fd);
    } else if (isVcpuStats(target)) {
      vcpuStats.add(fd);
    } else {
      others.add(fd);
    }
  }

  private static boolean isVcpuStats(String target) {
    return target.startsWith(VCPU_STATS_PREFIX);
  }

  /** Empty if the descriptor was closed meanwhile. */
  private Optional<String> link(int fd) throws AccessDeniedException {
    try {
      return Optional.of(files.readLink(folder.resolve(Integer.toString(fd))));
    } catch (AccessDeniedException e) {
      throw e;
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private boolean isKnown(int fd) {
    return others.contains(fd)
        || vms.contains(fd)
        || vcpus.containsKey(fd)
        || vcpuStats.contains(fd);
  }

  private void forget() {
    forgetAllBut(Set.of());
  }

  private void forgetAllBut(Set<Integer> open) {
    others.retainAll(open);
    vms.retainAll(open);
    vcpus.keySet().retainAll(open);
    vcpuStats.retainAll(open);
  }
}
