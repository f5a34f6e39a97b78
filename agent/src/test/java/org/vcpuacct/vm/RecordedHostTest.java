package org.vcpuacct.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.host.HostRoot;

/** The scanner on recorded hosts: see test/hosts. */
class RecordedHostTest {

  private static final Path QEMU = Path.of("../test/hosts/qemu-7.2");

  /** A copy of the host on which debugfs is not mounted. */
  @TempDir private Path withoutDebugFs;

  @BeforeEach
  void copyHost() throws Exception {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(QEMU.resolve("proc"))) {
      paths = new ArrayList<>(walk.toList());
    }
    for (Path path : paths) {
      Path copy = withoutDebugFs.resolve(QEMU.relativize(path));
      if (Files.isSymbolicLink(path)) {
        Files.createSymbolicLink(copy, Files.readSymbolicLink(path));
      } else {
        Files.copy(path, copy);
      }
    }
  }

  @Test
  void findsQemuWithNamedThreads() {
    Vm vm = scan(QEMU).get(0);

    assertThat(vm.pid()).isEqualTo(16948);
    assertThat(vm.processStartTicks()).isEqualTo(257_373);
    assertThat(vm.vmFd()).isEqualTo(13);
    assertThat(vm.vmm()).isEqualTo(Vmm.QEMU);
    assertThat(vm.name()).isEqualTo("epc-mme");
    assertThat(vm.named()).isTrue();
    assertThat(vm.uuid()).contains(UUID.fromString("11111111-2222-4333-8444-555555555555"));
    assertThat(vm.vcpus())
        .containsExactly(
            new Vcpu(0, 16953, ThreadEvidence.KVM_DEBUGFS),
            new Vcpu(1, 16954, ThreadEvidence.KVM_DEBUGFS));
    assertThat(vm.vcpusWithoutThread()).isEmpty();
    assertThat(vm.debugFsFolder()).contains(QEMU.resolve("sys/kernel/debug/kvm/16948-13"));
    assertThat(vm.vcpuStatsFds()).as("QEMU 7.2 keeps none").isEmpty();
  }

  @Test
  void findsQemuWithoutNamedThreads() {
    Vm vm = scan(QEMU).get(1);

    assertThat(vm.name()).isEqualTo("epc,sgw");
    assertThat(vm.uuid()).isEmpty();
    assertThat(vm.vcpus())
        .containsExactly(
            new Vcpu(0, 16965, ThreadEvidence.KVM_DEBUGFS),
            new Vcpu(1, 16966, ThreadEvidence.KVM_DEBUGFS));
  }

  @Test
  void listsVcpusThatNeverRan() {
    Vm vm = scan(QEMU).get(2);

    assertThat(vm.name()).isEqualTo("qemu-system-x86-16973");
    assertThat(vm.named()).isFalse();
    assertThat(vm.vcpus()).isEmpty();
    assertThat(vm.vcpusWithoutThread()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void findsTheSameThreadsWithoutDebugFs() {
    List<Vm> vms = scan(withoutDebugFs);

    assertThat(vms).hasSize(3);
    for (Vm vm : scan(QEMU)) {
      assertThat(vms)
          .anySatisfy(
              same -> {
                assertThat(same.pid()).isEqualTo(vm.pid());
                assertThat(same.vcpus())
                    .extracting(Vcpu::threadId)
                    .isEqualTo(vm.vcpus().stream().map(Vcpu::threadId).toList());
                assertThat(same.vcpus())
                    .allMatch(vcpu -> vcpu.evidence() == ThreadEvidence.KVM_RUN_CALL);
              });
    }
  }

  @Test
  void findsTheSameByTheKernelsList() {
    assertThat(scan(QEMU, kvmFiles()))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("vcpus.evidence")
        .isEqualTo(scan(QEMU));
    assertThat(scan(QEMU, kvmFiles()))
        .flatExtracting(Vm::vcpus)
        .hasSize(4)
        .allMatch(vcpu -> vcpu.evidence() == ThreadEvidence.KVM_BPF);
  }

  @Test
  void findsTheSameByTheKernelsListWithoutDebugFs() {
    assertThat(scan(withoutDebugFs, kvmFiles()))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("vcpus.evidence")
        .isEqualTo(scan(withoutDebugFs));
  }

  /** What the kernel would have listed on the recorded host. */
  private static KvmFileList kvmFiles() {
    return new BuiltList()
        .vm(16948, 13, 1)
        .vcpu(16948, 14, 1, 0, 16953)
        .vcpu(16948, 15, 1, 1, 16954)
        .vm(16961, 13, 2)
        .vcpu(16961, 14, 2, 0, 16965)
        .vcpu(16961, 15, 2, 1, 16966)
        .vm(16973, 13, 3)
        .vcpu(16973, 14, 3, 0, 0)
        .vcpu(16973, 15, 3, 1, 0)
        .vcpu(16973, 16, 3, 2, 0)
        .vcpu(16973, 17, 3, 3, 0);
  }

  private static List<Vm> scan(Path host, KvmFileList kvmFiles) {
    return new VmScanner(new HostRoot(host), SameFile.UNKNOWN, kvmFiles).scan(0);
  }

  private static List<Vm> scan(Path host) {
    return new VmScanner(new HostRoot(host), SameFile.UNKNOWN).scan(0);
  }
}
