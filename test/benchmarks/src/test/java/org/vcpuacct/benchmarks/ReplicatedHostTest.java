package org.vcpuacct.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.sampler.Sampler;
import org.vcpuacct.sampler.SamplerFactory;
import org.vcpuacct.vm.SameFile;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.VmScanner;

/** The host that the benchmarks measure on is one that the agent finds VMs on. */
class ReplicatedHostTest {

  private static final long SECOND_NS = 1_000_000_000;

  @Test
  void hasTheVmsAskedForEachWithAllItsVcpus() throws IOException {
    try (ReplicatedHost host = ReplicatedHost.of(3, 4)) {
      List<Vm> vms = new VmScanner(host.root(), SameFile.UNKNOWN).scan(0);
      assertThat(vms).extracting(Vm::name).containsExactly("vm0", "vm1", "vm2");
      assertThat(vms).allSatisfy(vm -> assertThat(vm.vcpus()).hasSize(4));
    }
  }

  @Test
  void vcpusHaveRunAsLongAsTheyWereLet() throws IOException {
    try (ReplicatedHost host = ReplicatedHost.of(1, 2);
        Sampler sampler = SamplerFactory.withoutState(host.root(), Tier.SAMPLED)) {
      sampler.step(0);
      host.runVcpus(1, SECOND_NS);
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
