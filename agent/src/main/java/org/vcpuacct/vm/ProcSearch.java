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
import org.vcpuacct.host.IoReason;
import org.vcpuacct.host.Limit;
import org.vcpuacct.host.ProcessStatus;
import org.vcpuacct.vm.KvmDebugFs.VmFolder;

/**
 * Finds the processes that have VMs in /proc.
 *
 * <p>What is known is not scanned again: a process without a VM is looked at less and less often,
 * unless its name is a VMM's or debugfs shows a VM that no known process has.
 */
final class ProcSearch {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long LONGEST_PAUSE_NS = 60 * SECOND_NS;

  /** How often processes are listed where debugfs tells of new VMs. */
  private static final long LIST_PAUSE_NS = 10 * SECOND_NS;

  private static final int MAX_STATUS_BYTES = 16 * 1024;

  private final HostAccess host;
  private final Map<Integer, ScannedVmm> vmms = new TreeMap<>();
  private final Map<Integer, OtherProcess> others = new TreeMap<>();
  private final Map<VmFolder, Backoff> unclaimed = new HashMap<>();
  private Optional<Limit> procLimit = Optional.empty();
  private boolean listed;
  private long listDueNs;

  ProcSearch(HostAccess host) {
    this.host = host;
  }

  /**
   * Looks at the processes that are due.
   *
   * @return those that have VMs, by ascending number
   */
  Map<Integer, ScannedVmm> search(long nowNs) {
    host.debugFs().refresh();
    vmms.values().removeIf(vmm -> !vmm.look(nowNs) || !vmm.hasVm());
    boolean everybody = !findUnclaimed(nowNs);
    if (everybody || !listed || !host.debugFs().isReadable() || nowNs - listDueNs >= 0) {
      lookAtProcesses(everybody, nowNs);
    }
    return vmms;
  }

  /** Knows of no process any more, as at the beginning. */
  void forget() {
    vmms.clear();
    others.clear();
    unclaimed.clear();
    procLimit = Optional.empty();
    listed = false;
  }

  /** What the last search was not allowed to read. */
  List<Limit> limits() {
    List<Limit> limits = new ArrayList<>();
    procLimit.ifPresent(limits::add);
    deniedLimit().ifPresent(limits::add);
    if (!vmms.isEmpty()) {
      host.debugFs()
          .limit(
              "threads of vCPUs are found by system call, name or guest time instead, and a VM of"
                  + " a process that was idle for long may be found a minute late")
          .ifPresent(limits::add);
    }
    return limits;
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
      ScannedVmm known = vmms.get(pid);
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
    Optional<ScannedVmm> vmm = process.look(nowNs);
    if (vmm.isPresent() && vmm.get().look(nowNs)) {
      vmms.put(pid, vmm.get());
      others.remove(pid);
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
