package org.vcpuacct.vm;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import org.vcpuacct.host.HostFiles;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.ThreadStat;
import org.vcpuacct.host.ThreadSyscall;

/**
 * One search for the threads that run the vCPUs of one process, best evidence first. A thread that
 * is in KVM_RUN during one search may run in user space during the next, so what an earlier search
 * found counts until something better is found or the thread ends.
 */
final class ThreadSearch {

  /** _IO(KVMIO, 0x80), include/uapi/linux/kvm.h: the same on every architecture. */
  private static final long KVM_RUN = 0xae80;

  private static final int MAX_FILE_BYTES = 4096;

  private final HostRoot root;
  private final HostFiles files;
  private final int pid;
  private final SortedSet<Integer> threads;
  private final Set<VcpuKey> wanted;
  private final Map<VcpuKey, Vcpu> found = new HashMap<>();
  private final Map<Integer, Optional<byte[]>> stats = new HashMap<>();

  /**
   * A vCPU of the process.
   *
   * @param vmFd the VM's descriptor
   * @param id KVM's vCPU number
   */
  record VcpuKey(int vmFd, int id) {}

  /**
   * @param threads the process's threads
   * @param wanted the vCPUs, in ascending order
   * @param before what an earlier search found
   */
  ThreadSearch(
      HostRoot root,
      HostFiles files,
      int pid,
      SortedSet<Integer> threads,
      Set<VcpuKey> wanted,
      Map<VcpuKey, Vcpu> before) {
    this.root = root;
    this.files = files;
    this.pid = pid;
    this.threads = threads;
    this.wanted = wanted;
    found.putAll(before);
    found.keySet().retainAll(wanted);
    found.values().removeIf(vcpu -> !threads.contains(vcpu.threadId()));
  }

  /** What has been found. */
  Map<VcpuKey, Vcpu> found() {
    return found;
  }

  /** Whether the thread of every vCPU is known for certain. */
  boolean isCertain() {
    return wanted.stream().allMatch(key -> isKnownBy(key, ThreadEvidence.KVM_RUN_CALL));
  }

  /**
   * Goes by the kernel's list of KVM's files.
   *
   * @param threadOf the thread that last ran a vCPU, 0 for none
   */
  void byList(Map<VcpuKey, Integer> threadOf) {
    for (VcpuKey key : wanted) {
      int thread = threadOf.get(key);
      if (thread != 0) {
        note(key, thread, ThreadEvidence.KVM_BPF);
      }
    }
  }

  /**
   * Asks KVM.
   *
   * @param threadOf debugfs's answer for a vCPU
   * @param again whether to ask again for what debugfs told before
   */
  void byDebugFs(Function<VcpuKey, OptionalInt> threadOf, boolean again) {
    for (VcpuKey key : wanted) {
      if (again || !isKnownBy(key, ThreadEvidence.KVM_DEBUGFS)) {
        OptionalInt thread = threadOf.apply(key);
        // KVM remembers a thread that has ended.
        if (thread.isPresent() && threads.contains(thread.getAsInt())) {
          note(key, thread.getAsInt(), ThreadEvidence.KVM_DEBUGFS);
        }
      }
    }
  }

  /**
   * Looks which threads sleep in KVM_RUN.
   *
   * @param vcpuOfFd the vCPUs by descriptor
   */
  void byKvmRun(Map<Integer, VcpuKey> vcpuOfFd) {
    for (int thread : threadsNotKnownBy(ThreadEvidence.KVM_DEBUGFS)) {
      syscall(thread)
          .filter(call -> call.argument1() == KVM_RUN)
          .map(call -> vcpuOfFd.get((int) call.argument0()))
          .filter(key -> !isKnownBy(key, ThreadEvidence.KVM_DEBUGFS))
          // A worker that KVM made during KVM_RUN shows the registers of its creator.
          .filter(key -> stat(thread).filter(stat -> !stat.isUserWorker()).isPresent())
          .ifPresent(key -> note(key, thread, ThreadEvidence.KVM_RUN_CALL));
    }
  }

  /** Goes by the names of the threads, where a name fits one vCPU and a vCPU one name. */
  void byName(Vmm vmm) {
    Map<Integer, Set<Integer>> threadsByVcpu = new HashMap<>();
    for (int thread : threadsNotKnownBy(ThreadEvidence.KVM_RUN_CALL)) {
      OptionalInt id = comm(thread).map(vmm::vcpuOfThread).orElse(OptionalInt.empty());
      id.ifPresent(vcpu -> threadsByVcpu.computeIfAbsent(vcpu, v -> new HashSet<>()).add(thread));
    }
    threadsByVcpu.forEach(
        (id, named) -> {
          List<VcpuKey> keys = wanted.stream().filter(key -> key.id() == id).toList();
          if (keys.size() == 1 && named.size() == 1) {
            note(keys.get(0), named.iterator().next(), ThreadEvidence.THREAD_NAME);
          }
        });
  }

  /**
   * Pairs the threads that have guest time with the vCPUs that are left, if as many and of one VM:
   * VMMs start the threads in the order of the vCPUs.
   */
  void byGuestTime() {
    List<VcpuKey> left = wanted.stream().filter(key -> !found.containsKey(key)).toList();
    List<Integer> guests =
        threadsNotKnownBy(ThreadEvidence.GUEST_TIME).stream()
            .filter(thread -> stat(thread).filter(stat -> stat.guestTicks() > 0).isPresent())
            .toList();
    long vms = left.stream().map(VcpuKey::vmFd).distinct().count();
    if (vms == 1 && guests.size() == left.size()) {
      for (int i = 0; i < guests.size(); i++) {
        note(left.get(i), guests.get(i), ThreadEvidence.GUEST_TIME);
      }
    }
  }

  /** Notes a finding, unless something better is known of the vCPU or of the thread. */
  private void note(VcpuKey key, int thread, ThreadEvidence evidence) {
    boolean betterKnown =
        found.entrySet().stream()
            .filter(known -> known.getKey().equals(key) || known.getValue().threadId() == thread)
            .anyMatch(known -> known.getValue().evidence().compareTo(evidence) < 0);
    if (!betterKnown) {
      found.values().removeIf(vcpu -> vcpu.threadId() == thread);
      found.put(key, new Vcpu(key.id(), thread, evidence));
    }
  }

  private boolean isKnownBy(VcpuKey key, ThreadEvidence weakest) {
    Vcpu vcpu = found.get(key);
    return vcpu != null && vcpu.evidence().compareTo(weakest) <= 0;
  }

  private List<Integer> threadsNotKnownBy(ThreadEvidence weakest) {
    Set<Integer> known = new HashSet<>();
    for (Vcpu vcpu : found.values()) {
      if (vcpu.evidence().compareTo(weakest) <= 0) {
        known.add(vcpu.threadId());
      }
    }
    return threads.stream().filter(thread -> !known.contains(thread)).toList();
  }

  private Optional<ThreadSyscall> syscall(int thread) {
    try {
      return ThreadSyscall.parse(read(thread, "syscall"));
    } catch (IOException e) {
      return Optional.empty(); // ended meanwhile, or ptrace is forbidden
    }
  }

  private Optional<ThreadStat> stat(int thread) {
    return statText(thread).flatMap(ThreadSearch::parseStat);
  }

  private Optional<String> comm(int thread) {
    return statText(thread).flatMap(ThreadSearch::parseComm);
  }

  private Optional<byte[]> statText(int thread) {
    return stats.computeIfAbsent(
        thread,
        t -> {
          try {
            return Optional.of(read(t, "stat"));
          } catch (IOException e) {
            return Optional.empty(); // ended meanwhile
          }
        });
  }

  private byte[] read(int thread, String file) throws IOException {
    return files.read(root.thread(pid, thread).resolve(file), MAX_FILE_BYTES);
  }

  private static Optional<ThreadStat> parseStat(byte[] text) {
    try {
      return Optional.of(ThreadStat.parse(text, text.length));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> parseComm(byte[] text) {
    try {
      return Optional.of(ThreadStat.comm(text, text.length));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
