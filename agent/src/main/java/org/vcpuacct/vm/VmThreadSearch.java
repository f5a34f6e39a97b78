package org.vcpuacct.vm;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.vcpuacct.host.HostFiles;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.ThreadStat;

/**
 * Finds the threads that work for a VM and are not its vCPUs': those of the VMM's process, and the
 * kernel's. Call {@link #refresh} once a step. For one thread.
 */
public final class VmThreadSearch {

  private static final int MAX_STAT_BYTES = 4096;

  private final HostRoot host;
  private final HostFiles files = new HostFiles();
  private final KernelThreads kernelThreads;
  private Set<Integer> vcpuThreads = Set.of();

  /**
   * What a thread is.
   *
   * @param name its name, fit for a terminal
   * @param kind what it does
   */
  public record Identity(String name, ThreadKind kind) {}

  /** A search on a host. */
  public VmThreadSearch(HostRoot host) {
    this.host = host;
    this.kernelThreads = new KernelThreads(host, files);
  }

  /**
   * Takes over which threads are vCPUs', and looks for kernel threads.
   *
   * @param vms all VMs of the host
   * @param nowNs CLOCK_MONOTONIC, ns
   */
  public void refresh(List<Vm> vms, long nowNs) {
    vcpuThreads =
        vms.stream().flatMap(vm -> vm.vcpus().stream()).map(Vcpu::threadId).collect(toSet());
    kernelThreads.refresh(vms.stream().map(Vm::pid).collect(toSet()), nowNs);
  }

  /**
   * The threads of a VM. A process with several VMs does not tell which of its threads is whose:
   * all are of each.
   *
   * @throws IOException if the VMM has ended
   */
  public List<VmThread> of(Vm vm) throws IOException {
    List<VmThread> threads = new ArrayList<>();
    for (int threadId : files.listNumbers(host.process(vm.pid()).resolve("task"))) {
      if (!vcpuThreads.contains(threadId)) {
        threads.add(new VmThread(vm.pid(), threadId));
      }
    }
    kernelThreads.of(vm.pid()).forEach(threadId -> threads.add(new VmThread(threadId, threadId)));
    return threads;
  }

  /**
   * What a thread is now. One that has only just been started may still have its creator's name.
   *
   * @throws IOException if it has ended
   */
  public Identity identify(Vm vm, VmThread thread) throws IOException {
    byte[] text =
        files.read(host.thread(thread.pid(), thread.threadId()).resolve("stat"), MAX_STAT_BYTES);
    String name = ThreadStat.comm(text, text.length);
    ThreadKind kind =
        thread.threadId() == vm.pid() ? ThreadKind.EMULATOR : vm.vmm().kindOfThread(name);
    return new Identity(VmIdentity.printable(name), kind);
  }
}
