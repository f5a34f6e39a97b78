package org.vcpuacct.vm;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.vcpuacct.vm.KvmDebugFs.VmFolder;
import org.vcpuacct.vm.ThreadSearch.VcpuKey;

/**
 * A process that has VMs, by what /proc shows of it.
 *
 * <p>While nothing happens, a look costs one file: /proc/PID/stat, whose number of threads changes
 * when a vCPU comes or goes. Everything is read again once in a while, because a thread may come in
 * the same instant as another goes.
 */
final class ScannedVmm extends VmmProcess {

  private static final long SECOND_NS = 1_000_000_000L;

  /** A VMM makes its vCPUs right after the VM, perhaps without a new thread for each. */
  private static final long SETTLING_NS = 5 * SECOND_NS;

  private static final long FULL_LOOK_NS = 30 * SECOND_NS;

  private final long settledNs;
  private int threadCount;
  private long fullLookNs;

  /**
   * @param fds the process's KVM descriptors, already read
   */
  ScannedVmm(HostAccess host, int pid, ProcessStat stat, KvmFds fds, long nowNs) {
    super(host, pid, stat, fds, nowNs);
    this.settledNs = nowNs + SETTLING_NS;
    this.fullLookNs = nowNs;
  }

  @Override
  void lookAgain(long nowNs) {
    fullLookNs = nowNs;
  }

  /** Brings the VMs up to date; false if the process has ended. */
  boolean look(long nowNs) {
    try {
      Optional<ProcessStat> stat = readStat();
      if (stat.isEmpty()) {
        return false;
      }
      look(stat.get().stat().threads(), nowNs);
      return true;
    } catch (IOException e) {
      return false; // any of its files is missing once it has ended
    }
  }

  private void look(int threadsNow, long nowNs) throws IOException {
    boolean full = nowNs - fullLookNs >= 0;
    boolean refresh = full || nowNs - settledNs < 0 || threadsNow != threadCount;
    if (refresh) {
      refresh(full, nowNs);
      threadCount = threadsNow;
    }
    boolean search = full || isSearchDue(nowNs);
    if (search) {
      search(full, nowNs);
    }
    if (refresh || search) {
      describe();
    }
  }

  private void refresh(boolean full, long nowNs) throws IOException {
    Set<Integer> threadsBefore = threads();
    List<VmFds> vmFdsBefore = vmFds();
    readThreads();
    fds().refresh(full);
    findFolders();
    List<VmFds> vmFds = VmFds.partition(pid(), fds(), vmFdsWithFolder(), host().sameFile());
    note(vmFds, findVcpus(vmFds));
    if (!threads().equals(threadsBefore) || !vmFds.equals(vmFdsBefore)) {
      beginSearching(nowNs);
    }
    if (full) {
      // Not all processes in the same scan.
      fullLookNs = nowNs + FULL_LOOK_NS + Math.floorMod(pid(), 30) * SECOND_NS;
    }
  }

  private void search(boolean full, long nowNs) {
    ThreadSearch search = newSearch(vcpuKeys(), vcpuThreads());
    search.byDebugFs(this::threadInDebugFs, full);
    if (full || !search.isCertain()) {
      search.byKvmRun(keysByFd());
    }
    if (!search.isCertain()) {
      search.byName(vmm());
      search.byGuestTime();
    }
    note(search, nowNs);
  }

  /** With several VMs in the process, debugfs knows better which vCPUs are whose. */
  private Set<VcpuKey> findVcpus(List<VmFds> vmFds) {
    Set<VcpuKey> keys = new LinkedHashSet<>();
    for (VmFds vm : vmFds) {
      Optional<VmFolder> folder = folder(vm.vmFd()).filter(f -> vmFds.size() > 1);
      List<Integer> told = folder.map(host().debugFs()::vcpus).orElse(List.of());
      Collection<Integer> ids = told.isEmpty() ? vm.vcpuIds() : told;
      ids.forEach(id -> keys.add(vm.key(id)));
    }
    return keys;
  }

  private OptionalInt threadInDebugFs(VcpuKey key) {
    return folder(key.vmFd())
        .map(folder -> host().debugFs().vcpuThread(folder, key.id()))
        .orElse(OptionalInt.empty());
  }

  private Map<Integer, VcpuKey> keysByFd() {
    Map<Integer, VcpuKey> keys = new HashMap<>();
    for (VmFds vm : vmFds()) {
      vm.vcpus().forEach((fd, id) -> keys.put(fd, vm.key(id)));
    }
    return keys;
  }
}
