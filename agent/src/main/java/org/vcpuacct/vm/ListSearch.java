package org.vcpuacct.vm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vcpuacct.host.Limit;
import org.vcpuacct.kernel.KvmFile;
import org.vcpuacct.vm.KvmDebugFs.VmFolder;

/** Takes the processes that have VMs from the kernel's list of KVM's files. */
final class ListSearch {

  /** How often debugfs is listed for a folder that is missing: it can be mounted any time. */
  private static final long FOLDER_PAUSE_NS = 60_000_000_000L;

  private final HostAccess host;
  private final Map<Integer, ListedVmm> vmms = new TreeMap<>();
  private Set<Integer> unreadable = Set.of();
  private final SortedSet<Integer> hidden = new TreeSet<>();
  private long foldersDueNs;

  ListSearch(HostAccess host) {
    this.host = host;
  }

  /**
   * Looks at the processes whose files have changed.
   *
   * @return those that have VMs, by ascending number
   */
  Map<Integer, ListedVmm> search(List<KvmFile> list, long nowNs) {
    Map<Integer, ListedFiles> processes = ListedFiles.byProcess(list);
    vmms.keySet().retainAll(processes.keySet());
    refreshFolders(processes, nowNs);
    processes.forEach((pid, files) -> look(pid, files, nowNs));
    noteUnreadable(processes.keySet());
    return vmms;
  }

  /** Knows of no process any more, as at the beginning. */
  void forget() {
    vmms.clear();
    unreadable = Set.of();
    hidden.clear();
  }

  /** What the last search was not allowed to read. */
  List<Limit> limits() {
    List<Limit> limits = new ArrayList<>();
    if (!hidden.isEmpty()) {
      limits.add(
          new Limit(
              "/proc/"
                  + hidden.first()
                  + ": hidden"
                  + (hidden.size() > 1 ? ", and " + (hidden.size() - 1) + " more" : ""),
              "the VMs of that process are not shown",
              "mount /proc without hidepid, or run as root"));
    }
    if (vmms.values().stream().anyMatch(ListedVmm::lacksFolder)) {
      host.debugFs()
          .limit("KVM's own statistics are absent for a VM whose VMM does not keep them open")
          .ifPresent(limits::add);
    }
    return limits;
  }

  /** Lists debugfs if something is to be looked for there. */
  private void refreshFolders(Map<Integer, ListedFiles> processes, long nowNs) {
    boolean changed =
        processes.entrySet().stream().anyMatch(p -> isDue(p.getKey(), p.getValue(), nowNs));
    boolean missing = vmms.values().stream().anyMatch(ListedVmm::lacksFolder);
    if (changed || (missing && nowNs - foldersDueNs >= 0)) {
      Set<VmFolder> before = host.debugFs().vms();
      host.debugFs().refresh();
      foldersDueNs = nowNs + FOLDER_PAUSE_NS;
      if (!host.debugFs().vms().equals(before)) {
        vmms.values().stream().filter(ListedVmm::lacksFolder).forEach(vmm -> vmm.lookAgain(nowNs));
      }
    }
  }

  private boolean isDue(int pid, ListedFiles files, long nowNs) {
    ListedVmm vmm = vmms.get(pid);
    return vmm == null || vmm.isDue(files, nowNs);
  }

  private void look(int pid, ListedFiles files, long nowNs) {
    ListedVmm known = vmms.get(pid);
    if (known == null || !known.look(files, nowNs)) {
      vmms.remove(pid);
      open(pid, files, nowNs);
    }
  }

  /** It may be another process by now, with the number of the one that was known. */
  private void open(int pid, ListedFiles files, long nowNs) {
    try {
      ListedVmm vmm = new ListedVmm(host, pid, nowNs);
      if (vmm.look(files, nowNs)) {
        vmms.put(pid, vmm);
      }
    } catch (IOException e) {
      // It ended after it was listed, or is hidden from us.
    }
  }

  /** A process that is listed time and again but cannot be read has not ended: it is hidden. */
  private void noteUnreadable(Set<Integer> listed) {
    Set<Integer> before = unreadable;
    unreadable = new TreeSet<>(listed);
    unreadable.removeAll(vmms.keySet());
    hidden.clear();
    hidden.addAll(unreadable);
    hidden.retainAll(before);
  }
}
