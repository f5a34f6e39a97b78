package org.vcpuacct.vm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vcpuacct.host.HostFiles;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.Limit;
import org.vcpuacct.kernel.KvmFile;

/**
 * Finds the VMs of this host and the threads of their vCPUs, whatever the VMM: a VM is what KVM
 * made a file descriptor for. The kernel's own list of KVM's files tells which there are, or, where
 * there is none, /proc.
 *
 * <p>Call {@link #scan} at every interval, from one thread. What is known is not read again.
 */
public final class VmScanner {

  private final HostAccess host;
  private final KvmFileList kvmFiles;
  private final Set<Integer> forks = new HashSet<>();
  private final ListSearch listSearch;
  private final ProcSearch procSearch;
  private Map<Integer, ? extends VmmProcess> vmms = Map.of();
  private List<Vm> vms = List.of();

  /**
   * A scanner that goes by /proc alone.
   *
   * @param root where /proc and /sys are
   * @param sameFile tells duplicated descriptors apart, for a process with several VMs
   */
  public VmScanner(HostRoot root, SameFile sameFile) {
    this(root, sameFile, KvmFileList.NONE);
  }

  /**
   * A scanner that goes by a list as long as there is one.
   *
   * @param root where /proc and /sys are
   * @param sameFile tells duplicated descriptors apart, for a process with several VMs
   * @param kvmFiles asked once a scan; not used outside the first PID namespace, where it would
   *     show part of the host with numbers that /proc does not have
   */
  public VmScanner(HostRoot root, SameFile sameFile, KvmFileList kvmFiles) {
    this(root, sameFile, kvmFiles, new HostFiles());
  }

  VmScanner(HostRoot root, SameFile sameFile, KvmFileList kvmFiles, HostFiles files) {
    this.host = new HostAccess(root, files, new KvmDebugFs(root, files), sameFile);
    this.listSearch = new ListSearch(host);
    this.procSearch = new ProcSearch(host);
    this.kvmFiles = isInFirstPidNamespace(root, files) ? kvmFiles : KvmFileList.NONE;
  }

  /** Process 1 tells how /proc numbers processes, our own which of them the kernel lists to us. */
  private static boolean isInFirstPidNamespace(HostRoot root, HostFiles files) {
    return PidNamespace.isFirst(files, root.process(1))
        && PidNamespace.isFirst(files, root.proc().resolve("self"));
  }

  /**
   * Brings the list up to date.
   *
   * @param nowNs CLOCK_MONOTONIC, ns
   * @return the VMs that have vCPUs, by ascending process and descriptor; the same list object
   *     while nothing changes
   */
  public List<Vm> scan(long nowNs) {
    vmms = findVmms(nowNs);
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

  /** What one way knows is forgotten when the other is taken: by then it may be long past. */
  private Map<Integer, ? extends VmmProcess> findVmms(long nowNs) {
    Optional<List<KvmFile>> list = kvmFiles.list();
    if (list.isPresent()) {
      procSearch.forget();
      return listSearch.search(list.get(), nowNs);
    }
    listSearch.forget();
    return procSearch.search(nowNs);
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
    List<Limit> limits = new ArrayList<>(listSearch.limits());
    limits.addAll(procSearch.limits());
    return limits;
  }

  /** Files, folders and links read by all scans so far: what they cost. */
  public long accesses() {
    return host.files().accesses();
  }
}
