package org.vcpuacct.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    assertThat(scan(QEMU))
        .contains(
            new Vm(
                16948,
                257373,
                13,
                Vmm.QEMU,
                "epc-mme",
                true,
                Optional.of(UUID.fromString("11111111-2222-4333-8444-555555555555")),
                List.of(
                    new Vcpu(0, 16953, ThreadEvidence.KVM_DEBUGFS),
                    new Vcpu(1, 16954, ThreadEvidence.KVM_DEBUGFS)),
                List.of()));
  }

  @Test
  void findsQemuWithoutNamedThreads() {
    assertThat(scan(QEMU))
        .contains(
            new Vm(
                16961,
                257380,
                13,
                Vmm.QEMU,
                "epc,sgw",
                true,
                Optional.empty(),
                List.of(
                    new Vcpu(0, 16965, ThreadEvidence.KVM_DEBUGFS),
                    new Vcpu(1, 16966, ThreadEvidence.KVM_DEBUGFS)),
                List.of()));
  }

  @Test
  void listsVcpusThatNeverRan() {
    assertThat(scan(QEMU))
        .contains(
            new Vm(
                16973,
                257399,
                13,
                Vmm.QEMU,
                "qemu-system-x86-16973",
                false,
                Optional.empty(),
                List.of(),
                List.of(0, 1, 2, 3)));
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

  private static List<Vm> scan(Path host) {
    return new VmScanner(new HostRoot(host), SameFile.UNKNOWN).scan(0);
  }
}
