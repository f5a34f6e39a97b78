package org.vcpuacct.vm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vcpuacct.vm.ThreadSearch.VcpuKey;

/**
 * One VM's descriptors among those of its process.
 *
 * @param vmFd the VM's descriptor
 * @param vcpus descriptors of its vCPUs, and the vCPU's number of each; a duplicated descriptor may
 *     name a vCPU twice
 */
record VmFds(int vmFd, SortedMap<Integer, Integer> vcpus) {

  /** Numbers of the vCPUs, ascending. */
  Set<Integer> vcpuIds() {
    return new TreeSet<>(vcpus.values());
  }

  /** The vCPU of this VM with this number. */
  VcpuKey key(int vcpuId) {
    return new VcpuKey(vmFd, vcpuId);
  }

  /**
   * Sorts a process's vCPUs to its VMs. With one VM there is no question. With more, a vCPU goes to
   * the nearest VM before it that does not have a vCPU of this number yet, since a VMM makes a VM
   * and then its vCPUs.
   *
   * @param fds the process's descriptors
   * @param known descriptors that are certain to be VMs of their own, none of them a duplicate;
   *     empty if nothing is certain
   * @return the VMs that have vCPUs
   */
  static List<VmFds> partition(int pid, KvmFds fds, Set<Integer> known, SameFile sameFile) {
    Set<Integer> vmFds = known.isEmpty() ? distinct(pid, fds.vms(), sameFile) : known;
    if (vmFds.isEmpty()) {
      return List.of();
    }
    TreeMap<Integer, SortedMap<Integer, Integer>> vms = new TreeMap<>();
    vmFds.forEach(fd -> vms.put(fd, new TreeMap<>()));
    if (vms.size() == 1) {
      vms.firstEntry().getValue().putAll(fds.vcpus());
    } else {
      for (int vcpuFd : distinct(pid, fds.vcpus().keySet(), sameFile)) {
        int id = fds.vcpus().get(vcpuFd);
        owner(vms, vcpuFd, id).put(vcpuFd, id);
      }
    }
    List<VmFds> partition = new ArrayList<>();
    vms.forEach((fd, vcpus) -> partition.add(new VmFds(fd, vcpus)));
    partition.removeIf(vm -> vm.vcpus().isEmpty());
    return partition;
  }

  /** The first descriptor of each open file. */
  private static Set<Integer> distinct(int pid, Collection<Integer> fds, SameFile sameFile) {
    Set<Integer> distinct = new TreeSet<>();
    for (int fd : fds) {
      if (!isDuplicate(pid, fd, distinct, sameFile)) {
        distinct.add(fd);
      }
    }
    return distinct;
  }

  private static boolean isDuplicate(int pid, int fd, Set<Integer> earlier, SameFile sameFile) {
    for (int other : earlier) {
      try {
        if (sameFile.test(pid, other, fd)) {
          return true;
        }
      } catch (IOException e) {
        return false; // kcmp(2) is missing or forbidden: as SameFile.UNKNOWN
      }
    }
    return false;
  }

  private static SortedMap<Integer, Integer> owner(
      TreeMap<Integer, SortedMap<Integer, Integer>> vms, int vcpuFd, int id) {
    for (Map.Entry<Integer, SortedMap<Integer, Integer>> vm :
        vms.headMap(vcpuFd, false).descendingMap().entrySet()) {
      if (!vm.getValue().containsValue(id)) {
        return vm.getValue();
      }
    }
    Map.Entry<Integer, SortedMap<Integer, Integer>> nearest = vms.lowerEntry(vcpuFd);
    return nearest != null ? nearest.getValue() : vms.firstEntry().getValue();
  }
}
