package org.vcpuacct.vm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vcpuacct.host.HostFiles;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.ProcessStatus;
import org.vcpuacct.host.ThreadStat;

/**
 * Finds the kernel threads, outside any process, that work for a VM: the emulated timer 8254, and
 * up to Linux 6.3 those of vhost (6.4 made them threads of the VMM). They are known by their name,
 * which has the number of the process or of the thread that asked for them.
 */
final class KernelThreads {

  private static final Pattern NAME = Pattern.compile("(?:vhost-|kvm-pit/)(\\d{1,9})");
  private static final long LIST_PAUSE_NS = 10_000_000_000L;
  private static final int MAX_BYTES = 16 * 1024;

  private final HostRoot host;
  private final HostFiles files;
  private final Set<Integer> known = new HashSet<>();
  private final Map<Integer, List<Integer>> byVmm = new HashMap<>();
  private Set<Integer> vmms = Set.of();
  private long listedNs;

  KernelThreads(HostRoot host, HostFiles files) {
    this.host = host;
    this.files = files;
  }

  /**
   * Looks for new ones: now and then, and when there is another VMM.
   *
   * @param vmmPids the processes that have VMs
   */
  void refresh(Set<Integer> vmmPids, long nowNs) {
    if (vmmPids.equals(vmms) && nowNs - listedNs < LIST_PAUSE_NS) {
      return;
    }
    vmms = Set.copyOf(vmmPids);
    listedNs = nowNs;
    try {
      List<Integer> pids = files.listNumbers(host.proc());
      known.retainAll(pids);
      byVmm.values().forEach(threads -> threads.retainAll(pids));
      byVmm.values().removeIf(List::isEmpty);
      pids.stream().filter(known::add).forEach(this::lookAt);
    } catch (IOException e) {
      // Then no VM is found either, and the scanner says so.
    }
  }

  /** Those that work for the VM of this process. */
  List<Integer> of(int vmmPid) {
    return byVmm.getOrDefault(vmmPid, List.of());
  }

  private void lookAt(int pid) {
    try {
      byte[] text = files.read(host.process(pid).resolve("stat"), MAX_BYTES);
      Matcher name = NAME.matcher(ThreadStat.comm(text, text.length));
      if (name.matches() && ThreadStat.parse(text, text.length).isKernelThread()) {
        int vmm = processOf(Integer.parseInt(name.group(1)));
        byVmm.computeIfAbsent(vmm, of -> new ArrayList<>()).add(pid);
      }
    } catch (IOException e) {
      // It ended meanwhile, or the thread that asked for it has.
    }
  }

  private int processOf(int threadId) throws IOException {
    byte[] status = files.read(host.process(threadId).resolve("status"), MAX_BYTES);
    return ProcessStatus.parse(status).threadGroupId();
  }
}
