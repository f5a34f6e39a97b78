package org.vcpuacct.vm;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vcpuacct.kernel.KvmFile;
import org.vcpuacct.vm.ThreadSearch.VcpuKey;

/**
 * The VMs and vCPUs that one process has open, as the kernel lists them. Equal as long as nothing
 * happens to them. Immutable.
 *
 * @param vms by descriptor, ascending, the number that tells the VMs of the host apart
 * @param vcpus by descriptor, ascending
 */
record ListedFiles(SortedMap<Integer, Long> vms, SortedMap<Integer, ListedVcpu> vcpus) {

  /**
   * A vCPU.
   *
   * @param vm whose it is
   * @param id KVM's number of the vCPU
   * @param thread the thread that last ran it; 0 if none did, or if that one has ended
   */
  record ListedVcpu(long vm, int id, int thread) {}

  ListedFiles {
    vms = Collections.unmodifiableSortedMap(new TreeMap<>(vms));
    vcpus = Collections.unmodifiableSortedMap(new TreeMap<>(vcpus));
  }

  /** Sorts the kernel's list by process. A process that has no VM open is left out. */
  static Map<Integer, ListedFiles> byProcess(List<KvmFile> list) {
    Map<Integer, ListedFiles> processes = new TreeMap<>();
    list.stream()
        .collect(groupingBy(KvmFile::process))
        .forEach((pid, files) -> processes.put(pid, of(files)));
    processes.values().removeIf(files -> files.vms().isEmpty());
    return processes;
  }

  /**
   * A descriptor is listed twice if a thread has a table of descriptors of its own. What /proc/PID
   * shows is listed first.
   */
  private static ListedFiles of(List<KvmFile> files) {
    SortedMap<Integer, Long> vms = new TreeMap<>();
    SortedMap<Integer, ListedVcpu> vcpus = new TreeMap<>();
    for (KvmFile file : files) {
      boolean known = vms.containsKey(file.fd()) || vcpus.containsKey(file.fd());
      if (!known && file.isVcpu()) {
        int thread = file.vcpu().thread();
        vcpus.put(file.fd(), new ListedVcpu(file.vm(), file.vcpu().id(), thread));
      } else if (!known) {
        vms.put(file.fd(), file.vm());
      }
    }
    return new ListedFiles(vms, vcpus);
  }

  /** Numbers of the vCPUs by descriptor, ascending. */
  SortedMap<Integer, Integer> vcpuIds() {
    SortedMap<Integer, Integer> ids = new TreeMap<>();
    vcpus.forEach((fd, vcpu) -> ids.put(fd, vcpu.id()));
    return ids;
  }

  /** Whether the same files are open in both, whatever threads run the vCPUs. */
  boolean hasSameFilesAs(ListedFiles other) {
    return vms.equals(other.vms) && withoutThreads().equals(other.withoutThreads());
  }

  /**
   * Sorts the vCPUs to their VMs. A vCPU whose VM the process does not have open is left out.
   *
   * @param preferred descriptors to name a VM by; any other VM is named by its lowest one
   * @return the VMs that have vCPUs, by ascending descriptor
   */
  List<VmFds> partition(Set<Integer> preferred) {
    Map<Long, Integer> vmFds = new HashMap<>();
    vms.keySet().stream().filter(preferred::contains).forEach(fd -> name(vmFds, fd));
    vms.keySet().forEach(fd -> name(vmFds, fd));
    SortedMap<Integer, SortedMap<Integer, Integer>> sorted = new TreeMap<>();
    vcpus.forEach(
        (fd, vcpu) -> {
          Integer vmFd = vmFds.get(vcpu.vm());
          if (vmFd != null) {
            sorted.computeIfAbsent(vmFd, v -> new TreeMap<>()).put(fd, vcpu.id());
          }
        });
    List<VmFds> partition = new ArrayList<>();
    sorted.forEach((vmFd, ids) -> partition.add(new VmFds(vmFd, ids)));
    return partition;
  }

  /** The thread that last ran each vCPU, 0 for none. */
  Map<VcpuKey, Integer> threads(List<VmFds> partition) {
    Map<VcpuKey, Integer> threads = new HashMap<>();
    for (VmFds vm : partition) {
      vm.vcpus().forEach((fd, id) -> threads.put(vm.key(id), vcpus.get(fd).thread()));
    }
    return threads;
  }

  private void name(Map<Long, Integer> vmFds, int fd) {
    vmFds.putIfAbsent(vms.get(fd), fd);
  }

  private SortedMap<Integer, ListedVcpu> withoutThreads() {
    SortedMap<Integer, ListedVcpu> files = new TreeMap<>();
    vcpus.forEach((fd, vcpu) -> files.put(fd, new ListedVcpu(vcpu.vm(), vcpu.id(), 0)));
    return files;
  }
}
