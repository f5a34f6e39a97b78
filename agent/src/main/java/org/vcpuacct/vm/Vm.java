package org.vcpuacct.vm;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One virtual machine as found on the host. Immutable.
 *
 * @param pid the VMM's process
 * @param processStartTicks start time of that process, /proc/PID/stat field 22, in clock ticks
 *     after boot: tells a process from a later one with the same pid
 * @param vmFd the VMM's file descriptor of the VM: tells the VMs of one process apart
 * @param vmm the kind of VMM
 * @param name the VM's name, from the VMM's command line; without one, the VMM's process name and
 *     pid
 * @param named whether {@code name} was given by the operator, and so outlives the process
 * @param uuid the VM's UUID, if the VMM was told one
 * @param vcpus the vCPUs whose thread is known, by ascending number
 * @param vcpusWithoutThread numbers of vCPUs whose thread is not known (yet)
 * @param debugFsFolder the VM's folder in debugfs; empty if debugfs cannot be read
 * @param vcpuStatsFds descriptors of KVM's binary statistics of the vCPUs that the VMM holds; none
 *     if it holds none, or if it has several VMs
 * @param guestAgent the port of qemu-guest-agent; empty if the VM is known to have none
 * @param vsockCid context identifier of the guest on AF_VSOCK, as the kernel's vhost knows it;
 *     empty if the VM is known to have none
 */
public record Vm(
    int pid,
    long processStartTicks,
    int vmFd,
    Vmm vmm,
    String name,
    boolean named,
    Optional<UUID> uuid,
    List<Vcpu> vcpus,
    List<Integer> vcpusWithoutThread,
    Optional<Path> debugFsFolder,
    List<Integer> vcpuStatsFds,
    Optional<GuestAgentPort> guestAgent,
    Optional<Long> vsockCid) {

  public Vm {
    vcpus = vcpus.stream().sorted(Comparator.comparingInt(Vcpu::id)).toList();
    vcpusWithoutThread = vcpusWithoutThread.stream().sorted().toList();
    vcpuStatsFds = List.copyOf(vcpuStatsFds);
  }

  /** What tells this VM from others. */
  public VmKey key() {
    return new VmKey(pid, processStartTicks, vmFd);
  }
}
