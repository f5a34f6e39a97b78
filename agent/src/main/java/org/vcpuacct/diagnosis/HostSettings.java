package org.vcpuacct.diagnosis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vcpuacct.host.HostFiles;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.ProcessStatus;
import org.vcpuacct.host.SchedulingPolicy;
import org.vcpuacct.host.ThreadStat;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;

/**
 * The settings that decide on what the vCPUs of some VMs get, read when they are asked for, from
 * files whose reading disturbs nobody. Each as a sentence or two; what cannot be read says so.
 */
final class HostSettings {

  private static final int MAX_BYTES = 16 * 1024;
  private static final String NO_QUOTA = "max";

  private final HostRoot root;
  private final List<Vm> vms;
  private final HostFiles files = new HostFiles();

  HostSettings(HostRoot root, List<Vm> vms) {
    this.root = root;
    this.vms = vms;
  }

  /** For how long KVM polls before a halted vCPU's thread sleeps. */
  String haltPolling() {
    return parameter("kvm", "halt_poll_ns") + " (ns; 0 turns halt polling off)";
  }

  /** Whether the hardware delivers interrupts between vCPUs without an exit. */
  String interruptVirtualisation() {
    return parameter("kvm_amd", "avic") + ". " + parameter("kvm_intel", "enable_apicv");
  }

  /** Where the scheduler may run the vCPUs' threads, and with which policy. */
  String placement() {
    return sentences(
        "%s may run on host CPUs %s; give each a pCPU of its own",
        vm -> byVcpu(vm, vcpu -> placement(vm, vcpu)));
  }

  /** The quotas of the cgroups that the vCPUs' threads are in. */
  String quotas() {
    Set<String> limits = new LinkedHashSet<>();
    for (Vm vm : vms) {
      for (Vcpu vcpu : vm.vcpus()) {
        limits.addAll(quotas(vm, vcpu));
      }
    }
    return limits.isEmpty()
        ? "cpu.max of the cgroups of the VMM; none of them has a quota now"
        : String.join(". ", limits);
  }

  /** In which pages the guests have their memory, and whether the host has swapped it out. */
  String memory() {
    return vms.stream().map(this::memory).collect(Collectors.joining(". "))
        + ". Give guests huge pages that are there from the start";
  }

  /** How far the NUMA nodes are from one another: the firmware's measure, 10 is local. */
  String numaDistances() {
    List<String> rows = new ArrayList<>();
    try {
      for (String node : files.list(root.numaNodes()).stream().sorted().toList()) {
        if (node.matches("node\\d+")) {
          rows.add(node + ": " + text(root.numaNodes().resolve(node).resolve("distance")));
        }
      }
    } catch (IOException e) {
      return unreadable(root.numaNodes(), e);
    }
    return "the CPUs of the VMs' threads and the node of their memory; distances of "
        + String.join(", ", rows);
  }

  private String parameter(String module, String name) {
    Path file = root.kernelModules().resolve(module).resolve("parameters").resolve(name);
    return valueOf(file);
  }

  private String valueOf(Path file) {
    try {
      return file + " is " + text(file);
    } catch (IOException e) {
      return unreadable(file, e);
    }
  }

  private String placement(Vm vm, Vcpu vcpu) {
    Path thread = root.thread(vm.pid(), vcpu.threadId());
    try {
      byte[] stat = files.read(thread.resolve("stat"), MAX_BYTES);
      byte[] status = files.read(thread.resolve("status"), MAX_BYTES);
      String policy = SchedulingPolicy.name(ThreadStat.parse(stat, stat.length).policy());
      return ProcessStatus.parse(status).allowedCpus().orElse("that are not told")
          + " by "
          + policy;
    } catch (IOException e) {
      return "that cannot be read: " + reason(e);
    }
  }

  /** The vCPUs of which the same is to be said, by what is said of them. */
  private static Map<String, String> byVcpu(Vm vm, Function<Vcpu, String> what) {
    Map<String, List<String>> vcpus = new LinkedHashMap<>();
    for (Vcpu vcpu : vm.vcpus()) {
      vcpus
          .computeIfAbsent(what.apply(vcpu), said -> new ArrayList<>())
          .add(String.valueOf(vcpu.id()));
    }
    Map<String, String> said = new LinkedHashMap<>();
    vcpus.forEach(
        (of, numbers) ->
            said.put(
                (numbers.size() > 1 ? "vCPUs " : "vCPU ")
                    + String.join(", ", numbers)
                    + " of VM "
                    + vm.name(),
                of));
    return said;
  }

  private String sentences(String form, Function<Vm, Map<String, String>> saidOfVm) {
    List<String> sentences = new ArrayList<>();
    for (Vm vm : vms) {
      saidOfVm.apply(vm).forEach((who, what) -> sentences.add(form.formatted(who, what)));
    }
    return String.join(". ", sentences);
  }

  /** Of the thread's cgroup and all above it: the tightest of them counts. */
  private List<String> quotas(Vm vm, Vcpu vcpu) {
    Path thread = root.thread(vm.pid(), vcpu.threadId());
    try {
      Optional<Path> group = unifiedGroup(text(thread.resolve("cgroup")));
      return group.isEmpty()
          ? List.of("the quotas of cgroup v1, cpu.cfs_quota_us, which are not read")
          : quotasFrom(group.get());
    } catch (IOException e) {
      return List.of(unreadable(thread.resolve("cgroup"), e));
    }
  }

  /** The line of cgroup2 in /proc/TID/cgroup, {@code 0::/PATH} (cgroups(7)). */
  private Optional<Path> unifiedGroup(String text) {
    return text.lines()
        .filter(line -> line.startsWith("0::/"))
        .map(line -> root.controlGroups().resolve(line.substring("0::/".length())))
        .findFirst();
  }

  private List<String> quotasFrom(Path innermost) {
    List<String> quotas = new ArrayList<>();
    Path group = innermost;
    while (!group.equals(root.controlGroups()) && group.startsWith(root.controlGroups())) {
      Path file = group.resolve("cpu.max");
      try {
        String quota = text(file);
        if (!quota.startsWith(NO_QUOTA)) {
          quotas.add(file + " is " + quota + " (us of CPU time, in a period of us)");
        }
      } catch (IOException e) {
        // The cpu controller is not on in every group.
      }
      group = group.getParent();
    }
    return quotas;
  }

  private String memory(Vm vm) {
    String pages =
        vm.debugFsFolder()
            .map(folder -> "KVM maps the memory of VM " + vm.name() + " in " + pages(folder))
            .orElse("how KVM maps the memory of VM " + vm.name() + " is told in debugfs only");
    Path status = root.process(vm.pid()).resolve("status");
    try {
      var swapped = ProcessStatus.parse(files.read(status, MAX_BYTES)).swappedKib();
      return swapped.isEmpty()
          ? pages
          : pages + "; " + swapped.getAsLong() + " KiB of its VMM are swapped out";
    } catch (IOException e) {
      return pages + "; " + unreadable(status, e);
    }
  }

  /** KVM's statistics of a VM (arch/x86/kvm/x86.c kvm_vm_stats_desc, Linux 6.1). */
  private String pages(Path folder) {
    return List.of("4k", "2m", "1g").stream()
        .map(
            size -> {
              Path file = folder.resolve("pages_" + size);
              try {
                return text(file) + " pages of " + size;
              } catch (IOException e) {
                return unreadable(file, e);
              }
            })
        .collect(Collectors.joining(", "));
  }

  private String text(Path file) throws IOException {
    return new String(files.read(file, MAX_BYTES), UTF_8).strip();
  }

  private static String unreadable(Path file, IOException e) {
    return file + " cannot be read: " + reason(e);
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    }
    return e instanceof AccessDeniedException ? "access denied" : String.valueOf(e.getMessage());
  }
}
