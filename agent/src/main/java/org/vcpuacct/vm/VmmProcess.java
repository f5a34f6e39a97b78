package org.vcpuacct.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vcpuacct.host.CommandLine;
import org.vcpuacct.host.HostFiles;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.ThreadStat;
import org.vcpuacct.vm.KvmDebugFs.VmFolder;
import org.vcpuacct.vm.ThreadSearch.VcpuKey;

/**
 * A process that has VMs, and what is known of them.
 *
 * <p>While nothing happens, a look costs one file: /proc/PID/stat, whose number of threads changes
 * when a vCPU comes or goes. Everything is read again once in a while, because a thread may come in
 * the same instant as another goes.
 */
final class VmmProcess {

  private static final long SECOND_NS = 1_000_000_000L;

  /** A VMM makes its vCPUs right after the VM, perhaps without a new thread for each. */
  private static final long SETTLING_NS = 5 * SECOND_NS;

  private static final long FULL_LOOK_NS = 30 * SECOND_NS;
  private static final long LONGEST_SEARCH_PAUSE_NS = 8 * SECOND_NS;
  private static final int MAX_STAT_BYTES = 4096;
  private static final int MAX_COMMAND_LINE_BYTES = 1 << 20;

  private final HostRoot root;
  private final HostFiles files;
  private final KvmDebugFs debugFs;
  private final SameFile sameFile;
  private final int pid;
  private final KvmFds fds;
  private final ThreadStat firstStat;
  private final VmIdentity identity;
  private final long settledNs;

  private int threadCount;
  private long fullLookNs;
  private boolean searching;
  private Backoff searchPause;
  private SortedSet<Integer> threads = new TreeSet<>();
  private Map<Integer, VmFolder> folders = Map.of();
  private List<VmFds> vmFds = List.of();
  private Set<VcpuKey> vcpuKeys = Set.of();
  private Map<VcpuKey, Vcpu> vcpuThreads = Map.of();
  private List<Vm> vms = List.of();

  /**
   * @param stat /proc/PID/stat
   * @param processName {@code comm} of the process
   * @param fds the process's KVM descriptors, already read
   */
  VmmProcess(
      HostAccess host, int pid, ThreadStat stat, String processName, KvmFds fds, long nowNs) {
    this.root = host.root();
    this.files = host.files();
    this.debugFs = host.debugFs();
    this.sameFile = host.sameFile();
    this.pid = pid;
    this.fds = fds;
    this.firstStat = stat;
    this.identity = VmIdentity.of(program(processName), processName, pid, commandLine());
    this.settledNs = nowNs + SETTLING_NS;
    this.fullLookNs = nowNs;
    this.searchPause = newSearchPause(nowNs);
  }

  /** The VMs that have vCPUs, by ascending descriptor; the same list while nothing changes. */
  List<Vm> vms() {
    return vms;
  }

  /** The VMs' folders in debugfs. */
  Collection<VmFolder> folders() {
    return folders.values();
  }

  /** Whether the process still has a VM, with vCPUs or not yet. */
  boolean hasVm() {
    return !fds.vms().isEmpty();
  }

  /** Reads everything again at the next look. */
  void lookAgain(long nowNs) {
    fullLookNs = nowNs;
  }

  /**
   * Whether this process only has a copy of the descriptors of its parent, as a fork has: KVM lets
   * none but the process that made the VM run it.
   */
  boolean isForkOf(VmmProcess other) {
    return firstStat.parentPid() == other.pid
        && other.fds.vms().containsAll(fds.vms())
        && other.fds.vcpus().entrySet().containsAll(fds.vcpus().entrySet());
  }

  /** Whether a thread of the process is known to run a vCPU. */
  boolean hasRun() {
    return !vcpuThreads.isEmpty();
  }

  /** The parent process, when this one was first seen. */
  int parentPid() {
    return firstStat.parentPid();
  }

  /** Brings the VMs up to date; false if the process has ended. */
  boolean look(long nowNs) {
    try {
      ThreadStat stat = readStat();
      if (stat.startTicks() != firstStat.startTicks() || hasEnded(stat)) {
        return false;
      }
      boolean full = nowNs - fullLookNs >= 0;
      boolean refresh = full || nowNs - settledNs < 0 || stat.threads() != threadCount;
      if (refresh) {
        refresh(full, nowNs);
        threadCount = stat.threads();
      }
      boolean search = full || (searching && searchPause.isDue(nowNs));
      if (search) {
        search(full, nowNs);
      }
      if (refresh || search) {
        describe();
      }
      return true;
    } catch (IOException e) {
      return false; // any of its files is missing once it has ended
    }
  }

  private void refresh(boolean full, long nowNs) throws IOException {
    SortedSet<Integer> threadsBefore = threads;
    List<VmFds> vmFdsBefore = vmFds;
    threads = new TreeSet<>(files.listNumbers(root.process(pid).resolve("task")));
    fds.refresh(full);
    folders = findFolders();
    vmFds = VmFds.partition(pid, fds, folders.keySet(), sameFile);
    vcpuKeys = findVcpus();
    if (!threads.equals(threadsBefore) || !vmFds.equals(vmFdsBefore)) {
      searching = true;
      searchPause = newSearchPause(nowNs);
    }
    if (full) {
      // Not all processes in the same scan.
      fullLookNs = nowNs + FULL_LOOK_NS + Math.floorMod(pid, 30) * SECOND_NS;
    }
  }

  private void search(boolean full, long nowNs) {
    ThreadSearch search = new ThreadSearch(root, files, pid, threads, vcpuKeys, vcpuThreads);
    search.byDebugFs(this::threadInDebugFs, full);
    if (full || !search.isCertain()) {
      search.byKvmRun(keysByFd());
    }
    if (!search.isCertain()) {
      search.byName(identity.vmm());
      search.byGuestTime();
    }
    vcpuThreads = search.found();
    searching = !search.isCertain();
    searchPause.looked(nowNs);
  }

  private void describe() {
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
        firstStat.startTicks(),
        vmFd,
        identity.vmm(),
        identity.name(),
        identity.named(),
        identity.uuid(),
        known,
        unknown,
        Optional.ofNullable(folders.get(vmFd)).map(debugFs::path),
        // Whose vCPU a statistics descriptor is of, its link does not say.
        vmFds.size() == 1 ? List.copyOf(fds.vcpuStats()) : List.of());
  }

  /** The folder in debugfs of each VM whose folder is certain, by descriptor. */
  private Map<Integer, VmFolder> findFolders() {
    Map<Integer, VmFolder> found = new TreeMap<>();
    for (VmFolder folder : debugFs.vms()) {
      boolean ours = folder.creatorThread() == pid || threads.contains(folder.creatorThread());
      if (ours && fds.vms().contains(folder.vmFd())) {
        found.put(folder.vmFd(), folder);
      }
    }
    for (VmFolder folder : debugFs.vms()) {
      boolean candidate = fds.vms().contains(folder.vmFd()) && !found.containsKey(folder.vmFd());
      if (candidate && isRunByOurThreads(folder)) {
        found.put(folder.vmFd(), folder);
      }
    }
    return found;
  }

  /** For a VM whose creator thread has ended. */
  private boolean isRunByOurThreads(VmFolder folder) {
    return debugFs.vcpus(folder).stream()
        .map(id -> debugFs.vcpuThread(folder, id))
        .anyMatch(thread -> thread.isPresent() && threads.contains(thread.getAsInt()));
  }

  /** With several VMs in the process, debugfs knows better which vCPUs are whose. */
  private Set<VcpuKey> findVcpus() {
    Set<VcpuKey> keys = new LinkedHashSet<>();
    for (VmFds vm : vmFds) {
      VmFolder folder = folders.get(vm.vmFd());
      List<Integer> told = vmFds.size() > 1 && folder != null ? debugFs.vcpus(folder) : List.of();
      Collection<Integer> ids = told.isEmpty() ? vm.vcpuIds() : told;
      ids.forEach(id -> keys.add(new VcpuKey(vm.vmFd(), id)));
    }
    return keys;
  }

  private OptionalInt threadInDebugFs(VcpuKey key) {
    VmFolder folder = folders.get(key.vmFd());
    return folder == null ? OptionalInt.empty() : debugFs.vcpuThread(folder, key.id());
  }

  private Map<Integer, VcpuKey> keysByFd() {
    Map<Integer, VcpuKey> keys = new HashMap<>();
    for (VmFds vm : vmFds) {
      vm.vcpus().forEach((fd, id) -> keys.put(fd, new VcpuKey(vm.vmFd(), id)));
    }
    return keys;
  }

  private ThreadStat readStat() throws IOException {
    byte[] text = files.read(root.process(pid).resolve("stat"), MAX_STAT_BYTES);
    return ThreadStat.parse(text, text.length);
  }

  /** A process whose first thread has ended lives on in the others. */
  private static boolean hasEnded(ThreadStat stat) {
    return (stat.state() == 'Z' || stat.state() == 'X') && stat.threads() <= 1;
  }

  private static Backoff newSearchPause(long nowNs) {
    return new Backoff(SECOND_NS, LONGEST_SEARCH_PAUSE_NS, nowNs);
  }

  /** File name of the program, or what comes nearest. */
  private String program(String processName) {
    try {
      String file =
          Path.of(files.readLink(root.process(pid).resolve("exe"))).getFileName().toString();
      // So the kernel marks a program that was replaced by an update.
      return file.replaceFirst(" \\(deleted\\)$", "");
    } catch (IOException e) {
      return processName;
    }
  }

  private CommandLine commandLine() {
    try {
      return CommandLine.parse(
          files.read(root.process(pid).resolve("cmdline"), MAX_COMMAND_LINE_BYTES));
    } catch (IOException e) {
      return new CommandLine(List.of());
    }
  }
}
