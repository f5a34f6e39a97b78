package org.vcpuacct.vm;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vcpuacct.host.HostFiles;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.Limit;

/**
 * Finds the VMs of this host and the threads of their vCPUs, whatever the VMM: a VM is what KVM
 * made a file descriptor for.
 *
 * <p>Call {@link #scan} at every interval, from one thread. What is known is not read again.
 */
public final class VmScanner {

  private final HostAccess host;
  private final Set<Integer> forks = new HashSet<>();
  private final ProcSearch procSearch;
  private Map<Integer, ? extends VmmProcess> vmms = Map.of();
  private List<Vm> vms = List.of();

  /**
   * @param root where /proc and /sys are
   * @param sameFile tells duplicated descriptors apart, for a process with several VMs
   */
  public VmScanner(HostRoot root, SameFile sameFile) {
    this(root, sameFile, new HostFiles());
  }

  VmScanner(HostRoot root, SameFile sameFile, HostFiles files) {
    this.host = new HostAccess(root, files, new KvmDebugFs(root, files), sameFile);
    this.procSearch = new ProcSearch(host);
  }

  /**
   * Brings the list up to date.
   *
   * @param nowNs CLOCK_MONOTONIC, ns
   * @return the VMs that have vCPUs, by ascending process and descriptor; the same list object
   *     while nothing changes
   */
  public List<Vm> scan(long nowNs) {
    vmms = procSearch.search(nowNs);
    forks.retainAll(vmms.keySet());
    vmms.forEach(this::noteFork);
    List<Vm> found =
        vmms.entrySet().stream()
            .filter(vmm -> !forks.contains(vmm.getKey()))
            .flatMap(vmm -> vmm.getValue().vms().stream())
            .toList();
    vms = found.equals(vms) ? vms : found;
    return vms;
  }

  private void noteFork(int pid, VmmProcess vmm) {
    VmmProcess parent = vmms.get(vmm.parentPid());
    if (vmm.hasRun()) {
      forks.remove(pid);
    } else if (parent != null && vmm.isForkOf(parent)) {
      forks.add(pid);
    }
  }

  /**
   * Reads all of a VMM's process again at the next scan: for a caller who finds that a thread has
   * ended.
   */
  public void lookAgain(int pid, long nowNs) {
    VmmProcess vmm = vmms.get(pid);
    if (vmm != null) {
      vmm.lookAgain(nowNs);
    }
  }

  /** What the last scan was not allowed to read. */
  public List<Limit> limits() {
    return procSearch.limits();
  }

  /** Files, folders and links read by all scans so far: what they cost. */
  public long accesses() {
    return host.files().accesses();
  }
}
