package org.vcpuacct.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.Limit;
import org.vcpuacct.kernel.Errno;
import org.vcpuacct.kernel.KernelException;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.vm.ThreadEvidence;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.Vmm;

class AccountSourcesTest {

  private static final int PID = 40;
  private static final Limit LIMIT = new Limit("it was wrong", "it is absent", "mend it");

  @TempDir private Path root;
  private HostRoot host;

  @BeforeEach
  void startThreads() throws IOException {
    host = new HostRoot(root);
    for (int threadId = 41; threadId <= 43; threadId++) {
      Files.createDirectories(host.thread(PID, threadId));
    }
  }

  @Test
  void aVcpuThatTheBestSourceCannotMeasureGetsTheNext() throws IOException {
    AccountSources sources =
        new AccountSources(host, List.of(failing(Tier.COUNTED, Errno.EMFILE), working()));

    assertThat(sources.open(vm(), vcpu(41), () -> 0)).isInstanceOf(Meter.class);
    assertThat(sources.tier()).isEqualTo(Tier.COUNTED);
  }

  @Test
  void vcpusThatFailAlikeMakeOneLimit() throws IOException {
    AccountSources sources =
        new AccountSources(host, List.of(failing(Tier.COUNTED, Errno.EMFILE), working()));

    for (int threadId = 41; threadId <= 43; threadId++) {
      sources.open(vm(), vcpu(threadId), () -> 0);
    }

    assertThat(sources.limits()).hasSize(1);
    assertThat(sources.limits().iterator().next().what()).contains("thread 41", "EMFILE");
  }

  @Test
  void anEndedThreadIsNoLimit() {
    AccountSources sources =
        new AccountSources(host, List.of(failing(Tier.COUNTED, Errno.ESRCH), working()));

    assertThatThrownBy(() -> sources.open(vm(), vcpu(99), () -> 0))
        .isInstanceOf(KernelException.class);
    assertThat(sources.limits()).isEmpty();
  }

  @Test
  void aTierWhoseSelfTestFailedIsGivenUp() {
    AccountSources sources =
        new AccountSources(host, List.of(failing(Tier.COUNTED, Errno.EPERM), working()));

    sources.giveUp(Tier.COUNTED, new TierFailedException(LIMIT));

    assertThat(sources.tier()).isEqualTo(Tier.SAMPLED);
    assertThat(sources.limits()).containsExactly(LIMIT);
  }

  @Test
  void theLastSourceStays() throws IOException {
    AccountSources sources = new AccountSources(host, List.of(working()));

    sources.giveUp(Tier.SAMPLED, new TierFailedException(LIMIT));

    assertThat(sources.open(vm(), vcpu(41), () -> 0)).isInstanceOf(Meter.class);
  }

  private static AccountSource failing(Tier tier, int errno) {
    return new AccountSource() {
      @Override
      public Tier tier() {
        return tier;
      }

      @Override
      public VcpuMeter open(Vm vm, Vcpu vcpu, LongSupplier monotonicNs) throws IOException {
        throw new KernelException("perf_event_open, thread " + vcpu.threadId(), errno);
      }
    };
  }

  private static AccountSource working() {
    return new AccountSource() {
      @Override
      public Tier tier() {
        return Tier.SAMPLED;
      }

      @Override
      public VcpuMeter open(Vm vm, Vcpu vcpu, LongSupplier monotonicNs) {
        return new Meter();
      }
    };
  }

  private static final class Meter implements VcpuMeter {

    @Override
    public Reading read(long nowNs) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private static Vcpu vcpu(int threadId) {
    return new Vcpu(0, threadId, ThreadEvidence.KVM_DEBUGFS);
  }

  private static Vm vm() {
    return new Vm(
        PID,
        1,
        5,
        Vmm.QEMU,
        "vm",
        true,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}
