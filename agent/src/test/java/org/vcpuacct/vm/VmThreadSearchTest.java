package org.vcpuacct.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VmThreadSearchTest {

  private static final long SECOND_NS = 1_000_000_000;

  @TempDir private Path root;
  private BuiltHost host;
  private VmThreadSearch search;
  private VmScanner scanner;

  @BeforeEach
  void build() {
    host = new BuiltHost(root);
    search = new VmThreadSearch(host.root());
    scanner = new VmScanner(host.root(), SameFile.UNKNOWN);
  }

  private BuiltHost.BuiltProcess qemu(int pid) {
    return host.process(pid, "qemu-system-x86")
        .program("/usr/bin/qemu-system-x86_64")
        .commandLine("qemu-system-x86_64", "-name", "mme")
        .vm(9)
        .vcpu(10, 0)
        .threadInKvmRun(pid + 1, "CPU 0/KVM", 10);
  }

  private List<String> threads(long nowNs) throws IOException {
    List<Vm> vms = scanner.scan(nowNs);
    assertThat(vms).hasSize(1);
    search.refresh(vms, nowNs);
    List<String> threads = new ArrayList<>();
    for (VmThread thread : search.of(vms.get(0))) {
      VmThreadSearch.Identity identity = search.identify(vms.get(0), thread);
      threads.add(thread.threadId() + " " + identity.kind() + " " + identity.name());
    }
    return threads;
  }

  @Test
  void theThreadsOfTheProcessButForItsVcpus() throws IOException {
    qemu(100)
        .thread(102, "IO io1")
        .thread(103, "worker")
        .thread(104, "vhost-100")
        .thread(105, "mig/src/main")
        .thread(106, "call_rcu");

    assertThat(threads(SECOND_NS))
        .containsExactly(
            "100 EMULATOR qemu-system-x86",
            "102 IO_THREAD IO io1",
            "103 WORKER worker",
            "104 VHOST vhost-100",
            "105 MIGRATION mig/src/main",
            "106 OTHER call_rcu");
  }

  @Test
  void theThreadsOfTheKernelThatWorkForIt() throws IOException {
    qemu(100);
    host.process(60, "vhost-100", BuiltHost.KERNEL_THREAD);
    host.process(61, "kvm-pit/100", BuiltHost.KERNEL_THREAD);
    host.process(62, "vhost-77", BuiltHost.KERNEL_THREAD);
    host.process(63, "vhost-100");

    assertThat(threads(SECOND_NS))
        .containsExactly(
            "100 EMULATOR qemu-system-x86", "60 VHOST vhost-100", "61 KVM_PIT kvm-pit/100");
  }

  @Test
  void aThreadOfTheKernelThatComesLaterIsFoundWithinTenSeconds() throws IOException {
    qemu(100);
    assertThat(threads(SECOND_NS)).hasSize(1);
    host.process(60, "vhost-100", BuiltHost.KERNEL_THREAD);

    assertThat(threads(11 * SECOND_NS)).contains("60 VHOST vhost-100");
  }

  @Test
  void aVmmThatHasEndedIsAnError() {
    qemu(100);
    Vm vm = scanner.scan(SECOND_NS).get(0);
    search.refresh(List.of(vm), SECOND_NS);
    host.process(100, "qemu-system-x86").end();

    assertThatThrownBy(() -> search.of(vm)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "QEMU, multifdsend_3, MIGRATION",
    "QEMU, live_migration, MIGRATION",
    "QEMU, iou-wrk-123, WORKER",
    "CLOUD_HYPERVISOR, _net1_qp0, IO_THREAD",
    "CROSVM, v_blk, IO_THREAD",
    "KVMTOOL, virtio-net-rx, IO_THREAD",
    "KVMTOOL, threadpool-worker, WORKER",
    "FIRECRACKER, fc_api, OTHER",
    "OTHER, vhost-1, VHOST",
    "OTHER, vhost-x, OTHER",
  })
  void whatANameSays(Vmm vmm, String name, ThreadKind kind) {
    assertThat(vmm.kindOfThread(name)).isEqualTo(kind);
  }
}
