package org.vcpuacct.sampler;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.source.AccountSource;
import org.vcpuacct.source.AccountSources;
import org.vcpuacct.source.TierFailedException;
import org.vcpuacct.source.VcpuMeter;
import org.vcpuacct.vm.ThreadEvidence;
import org.vcpuacct.vm.Vcpu;
import org.vcpuacct.vm.Vm;
import org.vcpuacct.vm.Vmm;

class VcpuBookTest {

  private static final Limit LIMIT = new Limit("it was wrong", "it is absent", "mend it");
  private static final Vcpu VCPU = new Vcpu(0, 41, ThreadEvidence.KVM_DEBUGFS);

  @TempDir private Path root;
  private HostRoot host;
  private long clockNs = 10;

  @BeforeEach
  void startThread() throws IOException {
    host = new HostRoot(root);
    Files.createDirectories(host.thread(40, 41));
  }

  @Test
  void anAccountJustOpenedHasNoChangeYet() throws IOException {
    AccountSources sources = new AccountSources(host, List.of(new Source(Tier.SAMPLED, 1000)));
    VcpuBook book = new VcpuBook(sources, vm(), VCPU, () -> clockNs++);

    VcpuAccount account = book.read().orElseThrow();

    assertThat(account.changes()).isEmpty();
    assertThat(account.reading().wallNs()).isPositive();
  }

  @Test
  void theAccountIsOneSeriesFromItsOpening() throws IOException {
    VcpuBook book = book(new AccountSources(host, List.of(new Source(Tier.SAMPLED, 1000))));

    VcpuAccount account = readAt(book, 30).orElseThrow();

    assertThat(account.sinceNs()).isEqualTo(10);
    assertThat(account.reading().wallNs()).isEqualTo(20);
    assertThat(account.change(Window.LAST_INTERVAL).orElseThrow().wallNs()).isEqualTo(20);
  }

  @Test
  void aFailedSelfTestStartsANewAccountInTheNextTier() throws IOException {
    AccountSources sources =
        new AccountSources(
            host, List.of(new Source(Tier.COUNTED, 25), new Source(Tier.SAMPLED, 1000)));
    VcpuBook book = book(sources);

    VcpuAccount account = readAt(book, 30).orElseThrow();

    assertThat(account.tier()).isEqualTo(Tier.SAMPLED);
    assertThat(account.sinceNs()).isEqualTo(30);
    assertThat(account.reading().wallNs()).isZero();
    assertThat(account.change(Window.LAST_INTERVAL)).isEmpty();
    assertThat(sources.limits()).containsExactly(LIMIT);
    assertThat(readAt(book, 50).orElseThrow().reading().wallNs()).isEqualTo(20);
  }

  @Test
  void anEndedThreadHasNoAccount() throws IOException {
    VcpuBook book = book(new AccountSources(host, List.of(new Source(Tier.SAMPLED, 25))));

    assertThat(readAt(book, 20)).isPresent();
    assertThat(readAt(book, 30)).isEmpty();
  }

  /** A book opened at 10 ns, in a step that is over. */
  private VcpuBook book(AccountSources sources) throws IOException {
    VcpuBook book = new VcpuBook(sources, vm(), VCPU, () -> clockNs);
    assertThat(book.read()).isPresent();
    return book;
  }

  private Optional<VcpuAccount> readAt(VcpuBook book, long nowNs) {
    clockNs = nowNs;
    return book.read();
  }

  private static Vm vm() {
    return new Vm(
        40,
        1,
        5,
        Vmm.QEMU,
        "vm",
        true,
        Optional.empty(),
        List.of(VCPU),
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** Measures a vCPU that sleeps, until a moment from which on it fails as its tier would. */
  private record Source(Tier tier, long failsFromNs) implements AccountSource {

    @Override
    public VcpuMeter open(Vm vm, Vcpu vcpu, LongSupplier monotonicNs) {
      long openedNs = monotonicNs.getAsLong();
      return new VcpuMeter() {
        @Override
        public Reading read(long nowNs) throws IOException {
          if (nowNs >= failsFromNs) {
            throw tier == Tier.COUNTED
                ? new TierFailedException(LIMIT)
                : new IOException("no such thread");
          }
          long[] ns = new long[Line.values().length];
          ns[Line.ASLEEP.ordinal()] = nowNs - openedNs;
          return new Reading(0, 0, 0, LineTimes.of(tier, ns), Optional.empty(), Optional.empty());
        }

        @Override
        public void close() {}
      };
    }
  }
}
