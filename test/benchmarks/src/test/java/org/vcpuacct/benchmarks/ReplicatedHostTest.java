package org.vcpuacct.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.sampler.Sampler;
import org.vcpuacct.vm.Vm;

/** The host that the benchmarks measure on is one that the agent finds VMs on. */
class ReplicatedHostTest {

  private static final long SECOND_NS = 1_000_000_000;

  @Test
  void hasTheVmsAskedForEachWithAllItsVcpus() throws IOException {
    try (ReplicatedHost host = ReplicatedHost.of(3, 4)) {
      List<Vm> vms = host.newScanner().scan(0);
      assertThat(vms).extracting(Vm::name).containsExactly("vm0", "vm1", "vm2");
      assertThat(vms).allSatisfy(vm -> assertThat(vm.vcpus()).hasSize(4));
    }
  }

  @Test
  void vcpusHaveRunAsLongAsTheyWereLet() throws IOException {
    AtomicLong nowNs = new AtomicLong();
    try (ReplicatedHost host = ReplicatedHost.of(1, 2);
        Sampler sampler = host.newSampler(nowNs::get)) {
      sampler.step(0);
      host.runVcpus(1, SECOND_NS);
      nowNs.set(SECOND_NS);
      Snapshot snapshot = sampler.step(0);
      List<VcpuAccount> vcpus = snapshot.vms().get(0).vcpus();
      assertThat(vcpus).extracting(vcpu -> vcpu.reading().cpuNs()).containsExactly(SECOND_NS, 0L);
      assertThat(vcpus.get(0).reading().lines().ns(Line.GUEST).getAsLong()).isPositive();
    }
  }

  @Test
  void closingItLeavesNothing() throws IOException {
    HostRoot root;
    try (ReplicatedHost host = ReplicatedHost.of(1, 1)) {
      root = host.root();
    }
    assertThat(root.proc().getParent()).doesNotExist();
  }
}
