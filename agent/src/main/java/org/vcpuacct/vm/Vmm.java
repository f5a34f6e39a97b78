package org.vcpuacct.vm;

import static org.vcpuacct.vm.CommandLineOption.keyed;
import static org.vcpuacct.vm.CommandLineOption.keyedOrBare;
import static org.vcpuacct.vm.CommandLineOption.matching;
import static org.vcpuacct.vm.CommandLineOption.plain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vcpuacct.host.CommandLine;

/**
 * The kinds of VMM that are told apart, and everything that is particular to one but its number in
 * the MIB.
 *
 * <p>None of this decides what is a VM: the kernel's file descriptors do. It tells only what a VM
 * is called, and gives hints.
 */
public enum Vmm {
  /** Of any distribution, by itself or under libvirt, Proxmox or OpenStack. */
  QEMU(
      "\\.?qemu-system-.*|qemu-kvm.*|kvm",
      "CPU (\\d+)/KVM",
      new ThreadNames()
          .with(ThreadKind.IO_THREAD, "IO .*")
          .with(ThreadKind.WORKER, "worker")
          // Up to QEMU 9.0, and since (migration/migration.h).
          .with(
              ThreadKind.MIGRATION,
              "live_migration|bg_snapshot|multifd.*|postcopy/.*|return path|dump_thread|mig/.*"),
      List.of(keyedOrBare("-name", "guest"), keyedOrBare("--name", "guest")),
      List.of(plain("-uuid"), plain("--uuid"), keyed("-smbios", "uuid"))) {

    @Override
    Optional<GuestAgentPort> guestAgent(CommandLine commandLine) {
      return QemuGuestAgent.find(commandLine);
    }

    @Override
    Optional<String> vsockCid(CommandLine commandLine) {
      return QemuOptions.all(commandLine, "device", "driver").stream()
          .filter(device -> device.value("driver").orElse("").startsWith("vhost-vsock-"))
          .flatMap(device -> device.value("guest-cid").stream())
          .findFirst();
    }
  },

  /** By itself or under its jailer, which passes {@code --id} on. */
  FIRECRACKER(
      "firecracker.*", "fc_vcpu (\\d+)", new ThreadNames(), List.of(plain("--id")), List.of()),

  /** Has no option for a name: it is known by the file name of its API socket. */
  CLOUD_HYPERVISOR(
      // A process name is cut after 15 characters.
      "cloud-hyperviso.*",
      "vcpu(\\d+)",
      new ThreadNames().with(ThreadKind.IO_THREAD, "_.*"),
      List.of(
          matching(
              "--api-socket",
              // Kata Containers: a folder for each VM, the same file name in all.
              Pattern.compile("(?:path=)?.*/([^/]+)/clh-api\\.sock"),
              Pattern.compile("(?:path=)?(?:.*/)?([^/=,]+?)(?:[.-]sock(?:et)?)?(?:,.*)?"))),
      List.of(keyed("--platform", "uuid"))),

  CROSVM(
      "crosvm.*",
      "crosvm_vcpu(\\d+)",
      new ThreadNames().with(ThreadKind.IO_THREAD, "v_.*"),
      List.of(plain("--name")),
      List.of()) {

    @Override
    Optional<String> vsockCid(CommandLine commandLine) {
      return first(List.of(keyedOrBare("--vsock", "cid"), plain("--cid")), commandLine);
    }
  },

  KVMTOOL(
      "lkvm.*|kvmtool.*",
      "kvm-vcpu-(\\d+)",
      new ThreadNames()
          .with(ThreadKind.IO_THREAD, "virtio-.*|ioeventfd-worker")
          .with(ThreadKind.WORKER, "threadpool-worker"),
      List.of(plain("--name")),
      List.of()) {

    @Override
    Optional<String> vsockCid(CommandLine commandLine) {
      return plain("--vsock").find(commandLine);
    }
  },

  /** Any other: named by the options that most programs use, its threads as most VMMs do. */
  OTHER(
      "(?!)",
      "(?:.*vcpu[-_ ]?|CPU )(\\d+)(?:/KVM)?",
      new ThreadNames(),
      List.of(plain("--name")),
      List.of(plain("--uuid")));

  private final Pattern programs;
  private final Pattern vcpuThreadName;

  @SuppressWarnings("ImmutableEnumChecker") // has nothing that changes it
  private final ThreadNames otherThreads;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<CommandLineOption> nameOptions;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<CommandLineOption> uuidOptions;

  /**
   * @param programs file names of the program, and the process names that come of them
   * @param vcpuThreadName name of a vCPU's thread; its first group is the vCPU's number
   * @param otherThreads names of threads that are no vCPU's
   * @param nameOptions where the VM's name may stand on the command line, best first
   * @param uuidOptions where the VM's UUID may stand, best first
   */
  Vmm(
      String programs,
      String vcpuThreadName,
      ThreadNames otherThreads,
      List<CommandLineOption> nameOptions,
      List<CommandLineOption> uuidOptions) {
    this.programs = Pattern.compile(programs);
    this.vcpuThreadName = Pattern.compile(vcpuThreadName);
    this.otherThreads = otherThreads;
    this.nameOptions = nameOptions;
    this.uuidOptions = uuidOptions;
  }

  /**
   * The VMM with this program.
   *
   * @param program the program's file name, or the process's name
   */
  static Vmm ofProgram(String program) {
    for (Vmm vmm : values()) {
      if (vmm.programs.matcher(program).matches()) {
        return vmm;
      }
    }
    return OTHER;
  }

  /** The vCPU whose thread has this name, if the name tells. */
  OptionalInt vcpuOfThread(String threadName) {
    Matcher matcher = vcpuThreadName.matcher(threadName);
    return matcher.matches() && matcher.group(1).length() <= 9
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /** What a thread of this name does, if it is no vCPU's and not the VMM's first. */
  ThreadKind kindOfThread(String threadName) {
    return otherThreads.kindOf(threadName);
  }

  /** The VM's name on the VMM's command line, as it stands there. */
  Optional<String> vmName(CommandLine commandLine) {
    return first(nameOptions, commandLine);
  }

  /** The VM's UUID on the VMM's command line, as it stands there. */
  Optional<String> vmUuid(CommandLine commandLine) {
    return first(uuidOptions, commandLine);
  }

  /** The port of qemu-guest-agent, if the command line tells of one; most VMMs have none. */
  Optional<GuestAgentPort> guestAgent(CommandLine commandLine) {
    return Optional.empty();
  }

  /**
   * The guest's context identifier on AF_VSOCK, as it stands on the command line. Firecracker and
   * Cloud Hypervisor have none that the kernel knows: their vsock ends in a Unix-domain socket.
   */
  Optional<String> vsockCid(CommandLine commandLine) {
    return Optional.empty();
  }

  private static Optional<String> first(List<CommandLineOption> options, CommandLine commandLine) {
    return options.stream().flatMap(option -> option.find(commandLine).stream()).findFirst();
  }
}
