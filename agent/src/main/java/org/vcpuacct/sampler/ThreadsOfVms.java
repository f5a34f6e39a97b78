package org.vcpuacct.sampler;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.VmThreads;
import org.vcpuacct.source.ThreadClocks;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.VmThreadSearch;

/**
 * The threads of all VMs that are not vCPUs'. Those of a process with several VMs are charged to
 * the first of them: nothing tells which is whose.
 */
final class ThreadsOfVms implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(ThreadsOfVms.class);

  private final VmThreadSearch search;
  private final ThreadClocks clocks;
  private final LongSupplier monotonicNs;
  private final Map<VmmKey, VmThreadsBook> books = new HashMap<>();
  private final Set<VmmKey> charged = new HashSet<>();

  /** What tells one VMM from a later one with the same process number. */
  private record VmmKey(int pid, long processStartTicks) {

    static VmmKey of(Vm vm) {
      return new VmmKey(vm.pid(), vm.processStartTicks());
    }
  }

  /**
   * The threads of a host.
   *
   * @param monotonicNs CLOCK_MONOTONIC, ns
   */
  ThreadsOfVms(HostRoot host, LongSupplier monotonicNs) {
    this.search = new VmThreadSearch(host);
    this.clocks = new ThreadClocks(host);
    this.monotonicNs = monotonicNs;
  }

  /**
   * A step begins.
   *
   * @param vms all VMs of the host
   */
  void begin(List<Vm> vms) throws IOException {
    search.refresh(vms, monotonicNs.getAsLong());
    charged.clear();
    Set<VmmKey> found = vms.stream().map(VmmKey::of).collect(Collectors.toSet());
    for (VmmKey gone : List.copyOf(books.keySet())) {
      if (!found.contains(gone)) {
        books.remove(gone).close();
      }
    }
  }

  /** The threads of a VM now; to be asked once a step. */
  VmThreads of(Vm vm) {
    if (!charged.add(VmmKey.of(vm))) {
      return VmThreads.NONE;
    }
    try {
      return books
          .computeIfAbsent(VmmKey.of(vm), vmm -> new VmThreadsBook(search, clocks, monotonicNs))
          .read(vm);
    } catch (IOException e) {
      LOG.debug("no threads of {}: {}", vm.name(), e.getMessage());
      return VmThreads.NONE;
    }
  }

  @Override
  public void close() throws IOException {
    for (VmThreadsBook book : books.values()) {
      book.close();
    }
    books.clear();
  }
}
