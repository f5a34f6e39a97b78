package org.vcpuacct.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A VM of this process with one vCPU that never ran. Needs /dev/kvm. */
final class KvmVm implements Closeable {

  // ioctl numbers and capability: include/uapi/linux/kvm.h
  private static final long KVM_CREATE_VM = 0xae01;
  private static final long KVM_CHECK_EXTENSION = 0xae03;
  private static final long KVM_CREATE_VCPU = 0xae41;
  private static final long KVM_GET_STATS_FD = 0xaece;
  private static final long KVM_CAP_BINARY_STATS_FD = 203;

  private final List<OwnedFd> owned = new ArrayList<>();
  private final OwnedFd vm;
  private final OwnedFd vcpu;

  private KvmVm(OwnedFd kvm) throws IOException {
    owned.add(kvm);
    vm = call("KVM_CREATE_VM", kvm, KVM_CREATE_VM);
    vcpu = call("KVM_CREATE_VCPU", vm, KVM_CREATE_VCPU);
  }

  /** Ends the test as not applicable where KVM cannot be used or has no binary statistics. */
  static KvmVm create() throws IOException {
    Path device = Path.of("/dev/kvm");
    assumeTrue(Files.isReadable(device) && Files.isWritable(device), "no access to /dev/kvm");
    OwnedFd kvm = TestLibC.openFile(device.toString(), TestLibC.O_RDWR);
    assumeTrue(
        LibC.ioctl(kvm.number(), KVM_CHECK_EXTENSION, KVM_CAP_BINARY_STATS_FD) > 0,
        "KVM has no binary statistics, which came with Linux 5.14");
    return new KvmVm(kvm);
  }

  int vmStatsFd() throws IOException {
    return call("KVM_GET_STATS_FD", vm, KVM_GET_STATS_FD).number();
  }

  int vcpuStatsFd() throws IOException {
    return call("KVM_GET_STATS_FD", vcpu, KVM_GET_STATS_FD).number();
  }

  private OwnedFd call(String name, OwnedFd fd, long request) throws IOException {
    int result = LibC.ioctl(fd.number(), request, 0);
    if (result < 0) {
      throw new KernelException(name, LibC.errno());
    }
    OwnedFd made = new OwnedFd(NativeAccess.systemCalls(), result);
    owned.add(made);
    return made;
  }

  @Override
  public void close() {
    owned.forEach(OwnedFd::close);
  }
}
