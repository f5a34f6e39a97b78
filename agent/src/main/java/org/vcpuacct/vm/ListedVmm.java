package org.vcpuacct.vm;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.vcpuacct.vm.ThreadSearch.VcpuKey;

/**
 * A process that has VMs, by the kernel's list of KVM's files.
 *
 * <p>The list tells of every change, so while nothing happens a look reads nothing. What the list
 * does not tell is read from /proc and debugfs: right after a change, and once more when the VMM
 * has had time to open the statistics of a new vCPU.
 */
final class ListedVmm extends VmmProcess {

  private static final long SETTLING_NS = 5_000_000_000L;
  private static final ListedFiles NO_FILES = new ListedFiles(new TreeMap<>(), new TreeMap<>());

  private ListedFiles files = NO_FILES;
  private boolean settled;
  private long settledNs;

  /**
   * @throws IOException if the process has ended, or is hidden
   */
  ListedVmm(HostAccess host, int pid, long nowNs) throws IOException {
    super(
        host,
        pid,
        ProcessStat.read(host, pid),
        new KvmFds(host.root().process(pid).resolve("fd"), host.files()),
        nowNs);
  }

  @Override
  void lookAgain(long nowNs) {
    settled = false;
    settledNs = nowNs;
  }

  /** Whether a VM has no folder in debugfs that is certain to be its. */
  boolean lacksFolder() {
    return vmFds().stream().anyMatch(vm -> folder(vm.vmFd()).isEmpty());
  }

  /**
   * Whether there is anything to look at.
   *
   * @param now the process's files
   */
  boolean isDue(ListedFiles now, long nowNs) {
    return !now.equals(files) || hasSettled(nowNs) || isSearchDue(nowNs);
  }

  /**
   * Brings the VMs up to date; false if the process has ended.
   *
   * @param now the process's files
   */
  boolean look(ListedFiles now, long nowNs) {
    if (!isDue(now, nowNs)) {
      return true;
    }
    try {
      if (readStat().isEmpty()) {
        return false;
      }
      readThreads();
      refresh(now, nowNs);
      search(nowNs);
      describe();
      return true;
    } catch (IOException e) {
      return false; // any of its files is missing once it has ended
    }
  }

  private void refresh(ListedFiles now, long nowNs) {
    boolean sameFiles = now.hasSameFilesAs(files);
    if (!sameFiles || hasSettled(nowNs)) {
      fds().refresh(now);
      findFolders();
      List<VmFds> vmFds = now.partition(vmFdsWithFolder());
      Set<VcpuKey> keys = new LinkedHashSet<>();
      vmFds.forEach(vm -> vm.vcpuIds().forEach(id -> keys.add(vm.key(id))));
      note(vmFds, keys);
      settled = sameFiles;
      settledNs = nowNs + SETTLING_NS;
    }
    if (!now.equals(files)) {
      beginSearching(nowNs);
    }
    files = now;
  }

  private boolean hasSettled(long nowNs) {
    return !settled && nowNs - settledNs >= 0;
  }

  /**
   * For a vCPU that no living thread has run, only a name is left to go by: a thread that runs it
   * would be listed. A vCPU that a thread of another process runs is none of this one's.
   */
  private void search(long nowNs) {
    Map<VcpuKey, Integer> listed = files.threads(vmFds());
    Set<VcpuKey> ours = new LinkedHashSet<>(vcpuKeys());
    ours.removeIf(key -> listed.get(key) != 0 && !threads().contains(listed.get(key)));
    ThreadSearch search = newSearch(ours, Map.of());
    search.byList(listed);
    if (!search.isCertain()) {
      search.byName(vmm());
    }
    note(search, nowNs);
  }
}
