package org.vcpuacct.source;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.vcpuacct.host.Limit;
import org.vcpuacct.vm.Vm;

/**
 * Opens KVM's own statistics of a VM: from the descriptors that the VMM holds, which is cheaper,
 * else from debugfs. Neither interrupts a vCPU.
 */
public final class VmStatisticsSource {

  private Optional<Limit> limit = Optional.empty();

  /** The VM's statistics; empty if neither way leads to them. */
  public Optional<VmStatistics> open(Vm vm) {
    Optional<VmStatistics> statistics = openBinary(vm);
    return statistics.isPresent() ? statistics : openDebugFs(vm);
  }

  private Optional<VmStatistics> openBinary(Vm vm) {
    if (vm.vcpuStatsFds().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BinaryVmStatistics(vm.pid(), vm.vcpuStatsFds()));
    } catch (IOException e) {
      note(e);
      return Optional.empty();
    }
  }

  private Optional<VmStatistics> openDebugFs(Vm vm) {
    if (vm.debugFsFolder().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new DebugFsVmStatistics(vm.debugFsFolder().get()));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // the VM has just gone
    } catch (IOException e) {
      note(e);
      return Optional.empty();
    }
  }

  private void note(IOException failure) {
    limit =
        Optional.of(
            new Limit(
                "KVM's own statistics cannot be read: " + failure.getMessage(),
                "they are absent for some VMs",
                "run as root on a kernel that is not locked down, or use a VMM that keeps them"
                    + " open (QEMU 8.1 and later)"));
  }

  /** Why some VM's statistics cannot be read; empty if none failed. */
  public Collection<Limit> limits() {
    return limit.map(List::of).orElse(List.of());
  }
}
