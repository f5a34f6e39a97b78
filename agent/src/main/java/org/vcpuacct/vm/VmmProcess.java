package org.vcpuacct.vm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.vcpuacct.vm.KvmDebugFs.VmFolder;
import org.vcpuacct.vm.ThreadSearch.VcpuKey;

/** A process that has VMs, and what is known of them. When to look, the subclasses know. */
abstract class VmmProcess {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long LONGEST_SEARCH_PAUSE_NS = 8 * SECOND_NS;

  private final HostAccess host;
  private final int pid;
  private final ProcessStat firstStat;
  private final VmIdentity identity;
  private final KvmFds fds;

  private SortedSet<Integer> threads = new TreeSet<>();
  private Map<Integer, VmFolder> folders = Map.of();
  private List<VmFds> vmFds = List.of();
  private Set<VcpuKey> vcpuKeys = Set.of();
  private Map<VcpuKey, Vcpu> vcpuThreads = Map.of();
  private List<Vm> vms = List.of();
  private boolean searching;
  private Backoff searchPause;

  /**
   * @param fds the process's KVM descriptors
   */
  VmmProcess(HostAccess host, int pid, ProcessStat stat, KvmFds fds, long nowNs) {
    this.host = host;
    this.pid = pid;
    this.firstStat = stat;
    this.identity = VmIdentity.read(host, pid, stat.name());
    this.fds = fds;
    this.searchPause = newSearchPause(nowNs);
  }

  /** The VMs that have vCPUs, by ascending descriptor; the same list while nothing changes. */
  final List<Vm> vms() {
    return vms;
  }

  /** The VMs' folders in debugfs. */
  final Collection<VmFolder> folders() {
    return folders.values();
  }

  /** Whether the process still has a VM, with vCPUs or not yet. */
  final boolean hasVm() {
    return !fds.vms().isEmpty();
  }

  /**
   * Whether this process only has a copy of the descriptors of its parent, as a fork has: KVM lets
   * none but the process that made the VM run it.
   */
  final boolean isForkOf(VmmProcess other) {
    return parentPid() == other.pid
        && other.fds.vms().containsAll(fds.vms())
        && other.fds.vcpus().entrySet().containsAll(fds.vcpus().entrySet());
  }

  /** Whether a thread of the process is known to run a vCPU. */
  final boolean hasRun() {
    return !vcpuThreads.isEmpty();
  }

  /** The parent process, when this one was first seen. */
  final int parentPid() {
    return firstStat.stat().parentPid();
  }

  /** Reads everything again at the next look. */
  abstract void lookAgain(long nowNs);

  /** The process now; empty if it has ended. */
  final Optional<ProcessStat> readStat() throws IOException {
    return Optional.of(ProcessStat.read(host, pid))
        .filter(stat -> stat.isSameProcessAs(firstStat) && !stat.hasEnded());
  }

  final HostAccess host() {
    return host;
  }

  final int pid() {
    return pid;
  }

  final KvmFds fds() {
    return fds;
  }

  /** The VMs' descriptors, as sorted last. */
  final List<VmFds> vmFds() {
    return vmFds;
  }

  /** The process's threads, as read last. */
  final SortedSet<Integer> threads() {
    return threads;
  }

  final void readThreads() throws IOException {
    threads = new TreeSet<>(host.files().listNumbers(host.root().process(pid).resolve("task")));
  }

  /** Finds the VMs' folders in debugfs; needs the threads and the descriptors. */
  final void findFolders() {
    folders = new VmFolders(host.debugFs(), pid, threads).find(fds.vms());
  }

  /** The VM's folder in debugfs, if one is certain to be its. */
  final Optional<VmFolder> folder(int vmFd) {
    return Optional.ofNullable(folders.get(vmFd));
  }

  /** Descriptors of the VMs that have a folder in debugfs. */
  final Set<Integer> vmFdsWithFolder() {
    return folders.keySet();
  }

  /**
   * Notes which VMs there are.
   *
   * @param sorted those that have vCPUs, by ascending descriptor
   * @param keys their vCPUs, in ascending order
   */
  final void note(List<VmFds> sorted, Set<VcpuKey> keys) {
    vmFds = sorted;
    vcpuKeys = keys;
  }

  /** Has the threads of the vCPUs searched at once, and from then on until all are certain. */
  final void beginSearching(long nowNs) {
    searching = true;
    searchPause = newSearchPause(nowNs);
  }

  /** Whether it is time to search for threads that are not certain. */
  final boolean isSearchDue(long nowNs) {
    return searching && searchPause.isDue(nowNs);
  }

  /** The vCPUs whose threads are to be known. */
  final Set<VcpuKey> vcpuKeys() {
    return vcpuKeys;
  }

  /** The vCPUs whose threads are known, by the last search. */
  final Map<VcpuKey, Vcpu> vcpuThreads() {
    return vcpuThreads;
  }

  /**
   * A search for threads.
   *
   * @param wanted the vCPUs, in ascending order
   * @param before what is known already
   */
  final ThreadSearch newSearch(Set<VcpuKey> wanted, Map<VcpuKey, Vcpu> before) {
    return new ThreadSearch(host.root(), host.files(), pid, threads, wanted, before);
  }

  /** Takes over what a search found. */
  final void note(ThreadSearch search, long nowNs) {
    vcpuThreads = search.found();
    searching = !search.isCertain();
    searchPause.looked(nowNs);
  }

  final Vmm vmm() {
    return identity.vmm();
  }

  /** Brings the list of VMs up to date with what was noted. */
  final void describe() {
    List<Vm> described = vmFds.stream().map(VmFds::vmFd).map(this::describe).toList();
    vms = described.equals(vms) ? vms : described;
  }

  private Vm describe(int vmFd) {
    List<Vcpu> known = new ArrayList<>();
    List<Integer> unknown = new ArrayList<>();
    for (VcpuKey key : vcpuKeys) {
      if (key.vmFd() == vmFd && vcpuThreads.containsKey(key)) {
        known.add(vcpuThreads.get(key));
      } else if (key.vmFd() == vmFd) {
        unknown.add(key.id());
      }
    }
    return new Vm(
        pid,
        firstStat.stat().startTicks(),
        vmFd,
        identity.vmm(),
        identity.name(),
        identity.named(),
        identity.uuid(),
        known,
        unknown,
        folder(vmFd).map(host.debugFs()::path),
        // Whose vCPU a statistics descriptor is of, its link does not say.
        vmFds.size() == 1 ? List.copyOf(fds.vcpuStats()) : List.of(),
        identity.guestAgent(),
        identity.vsockCid());
  }

  private static Backoff newSearchPause(long nowNs) {
    return new Backoff(SECOND_NS, LONGEST_SEARCH_PAUSE_NS, nowNs);
  }
}
