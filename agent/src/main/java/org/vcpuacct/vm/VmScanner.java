package org.vcpuacct.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.vcpuacct.host.HostFiles;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.IoReason;
import org.vcpuacct.host.Limit;
import org.vcpuacct.host.ProcessStatus;
import org.vcpuacct.vm.KvmDebugFs.VmFolder;

/**
 * Finds the VMs of this host and the threads of their vCPUs, whatever the VMM: a VM is what KVM
 * made a file descriptor for.
 *
 * <p>Call {@link #scan} at every interval, from one thread. What is known is not scanned again: a
 * process without a VM is looked at less and less often, unless its name is a VMM's or debugfs
 * shows a VM that no known process has.
 */
public final class VmScanner {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long LONGEST_PAUSE_NS = 60 * SECOND_NS;

  /** How often processes are listed where debugfs tells of new VMs. */
  private static final long LIST_PAUSE_NS = 10 * SECOND_NS;

  private static final int MAX_STATUS_BYTES = 16 * 1024;

  private final HostAccess host;
  private final Map<Integer, VmmProcess> vmms = new TreeMap<>();
  private final Set<Integer> forks = new HashSet<>();
  private final Map<Integer, OtherProcess> others = new TreeMap<>();
  private final Map<VmFolder, Backoff> unclaimed = new HashMap<>();
  private Optional<Limit> procLimit = Optional.empty();
  private List<Vm> vms = List.of();
  private boolean listed;
  private long listDueNs;

  /**
   * @param root where /proc and /sys are
   * @param sameFile tells duplicated descriptors apart, for a process with several VMs
   */
  public VmScanner(HostRoot root, SameFile sameFile) {
    this(root, sameFile, new HostFiles());
  }

  VmScanner(HostRoot root, SameFile sameFile, HostFiles files) {
    this.host = new HostAccess(root, files, new KvmDebugFs(root, files), sameFile);
  }

  /**
   * Brings the list up to date.
   *
   * @param nowNs CLOCK_MONOTONIC, ns
   * @return the VMs that have vCPUs, by ascending process and descriptor; the same list object
   *     while nothing changes
   */
  public List<Vm> scan(long nowNs) {
    host.debugFs().refresh();
    vmms.values().removeIf(vmm -> !vmm.look(nowNs) || !vmm.hasVm());
    boolean everybody = !findUnclaimed(nowNs);
    if (everybody || !listed || !host.debugFs().isReadable() || nowNs - listDueNs >= 0) {
      lookAtProcesses(everybody, nowNs);
    }
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
    List<Limit> limits = new ArrayList<>();
    procLimit.ifPresent(limits::add);
    deniedLimit().ifPresent(limits::add);
    if (!vmms.isEmpty()) {
      host.debugFs().limit().ifPresent(limits::add);
    }
    return limits;
  }

  /** Files, folders and links read by all scans so far: what they cost. */
  public long accesses() {
    return host.files().accesses();
  }

  /**
   * Looks for the processes of VMs that debugfs shows and nobody is known to have. Such a VM can
   * stay: its process is hidden from us, or in the midst of making it.
   *
   * @return false if somebody unknown has one
   */
  private boolean findUnclaimed(long nowNs) {
    Set<VmFolder> missing = new HashSet<>(host.debugFs().vms());
    vmms.values().forEach(vmm -> missing.removeAll(vmm.folders()));
    unclaimed.keySet().retainAll(missing);
    boolean allFound = true;
    for (VmFolder vm : missing) {
      Backoff pause =
          unclaimed.computeIfAbsent(vm, v -> new Backoff(SECOND_NS, LONGEST_PAUSE_NS, nowNs));
      if (pause.isDue(nowNs)) {
        pause.looked(nowNs);
        allFound &= lookAtCreator(vm, nowNs);
      }
    }
    return allFound;
  }

  private boolean lookAtCreator(VmFolder vm, long nowNs) {
    try {
      Path status = host.root().process(vm.creatorThread()).resolve("status");
      int pid = ProcessStatus.parse(host.files().read(status, MAX_STATUS_BYTES)).threadGroupId();
      VmmProcess known = vmms.get(pid);
      if (known == null) {
        look(pid, new OtherProcess(host, pid, nowNs), nowNs);
      } else {
        known.lookAgain(nowNs);
        known.look(nowNs);
      }
      return vmms.containsKey(pid) && vmms.get(pid).folders().contains(vm);
    } catch (IOException e) {
      return false; // the creator has ended
    }
  }

  private void lookAtProcesses(boolean everybody, long nowNs) {
    List<Integer> pids = listProcesses();
    others.keySet().retainAll(new HashSet<>(pids));
    for (int pid : pids) {
      if (!vmms.containsKey(pid)) {
        OtherProcess process = others.computeIfAbsent(pid, p -> new OtherProcess(host, p, nowNs));
        if (everybody || process.isDue(nowNs)) {
          look(pid, process, nowNs);
        }
      }
    }
    listed = true;
    listDueNs = nowNs + LIST_PAUSE_NS;
  }

  private List<Integer> listProcesses() {
    try {
      List<Integer> pids = host.files().listNumbers(host.root().proc());
      procLimit =
          pids.contains(1)
              ? Optional.empty()
              : Optional.of(
                  new Limit(
                      "/proc: process 1 is hidden",
                      "VMs of other users are not seen",
                      "mount /proc without hidepid, or run as root"));
      return pids;
    } catch (IOException e) {
      procLimit =
          Optional.of(new Limit(IoReason.of(e), "no VM is found", "mount /proc, run on Linux"));
      return List.of();
    }
  }

  private void look(int pid, OtherProcess process, long nowNs) {
    Optional<VmmProcess> vmm = process.look(nowNs);
    if (vmm.isPresent() && vmm.get().look(nowNs)) {
      vmms.put(pid, vmm.get());
      others.remove(pid);
    }
  }

  private void noteFork(int pid, VmmProcess vmm) {
    VmmProcess parent = vmms.get(vmm.parentPid());
    if (vmm.hasRun()) {
      forks.remove(pid);
    } else if (parent != null && vmm.isForkOf(parent)) {
      forks.add(pid);
    }
  }

  private Optional<Limit> deniedLimit() {
    List<OtherProcess> denied = others.values().stream().filter(OtherProcess::isDenied).toList();
    if (denied.isEmpty()) {
      return Optional.empty();
    }
    OtherProcess example =
        denied.stream().filter(OtherProcess::isLikelyVmm).findFirst().orElse(denied.get(0));
    return Optional.of(
        new Limit(
            "/proc/PID/fd: permission denied, for "
                + example
                + (denied.size() > 1 ? " and " + (denied.size() - 1) + " more" : ""),
            "their VMs are not seen",
            "run as root, or add CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH"));
  }
}
