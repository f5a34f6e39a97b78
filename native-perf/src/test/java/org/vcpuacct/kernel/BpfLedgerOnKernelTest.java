package org.vcpuacct.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The ledger in the running kernel, on threads of this process: the scheduler's events need no KVM.
 */
class BpfLedgerOnKernelTest {

  private static final int CAPACITY = 2;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final Set<String> SCHEDULER =
      Set.of("sched_switch", "sched_wakeup", "sched_process_exit");

  private BpfLedger ledger;

  @BeforeEach
  void load() throws IOException {
    LedgerSettings settings =
        new LedgerSettings(CAPACITY, new ExitRules(1), false, Optional.empty());
    try {
      ledger = BpfLedger.load(settings, SCHEDULER, SCHEDULER);
    } catch (KernelException e) {
      if (e.errno() == Errno.EPERM) {
        abort(e.getMessage());
      }
      throw e;
    }
  }

  @AfterEach
  void close() {
    if (ledger != null) {
      ledger.close();
    }
  }

  private static long sumOfLines(LedgerAccount account) {
    long sum = 0;
    for (int line = 1; line < LedgerAccount.LINES; line++) {
      sum += account.lineNs(line);
    }
    return sum;
  }

  @Test
  void aThreadIsFollowedThroughItsSleepsToItsEnd() throws Exception {
    CompletableFuture<Integer> thread = new CompletableFuture<>();
    CountDownLatch opened = new CountDownLatch(1);
    Thread sleeper =
        new Thread(
            () -> {
              try {
                thread.complete(TestLibC.currentTid());
                opened.await();
                for (int i = 0; i < 20; i++) {
                  Thread.sleep(5);
                }
              } catch (IOException | InterruptedException e) {
                thread.completeExceptionally(e);
              }
            });
    sleeper.start();
    int slot = ledger.open(thread.get(), System::nanoTime);
    opened.countDown();
    LedgerAccount account = new LedgerAccount();
    sleeper.join();
    while (!account.ended()) {
      Thread.sleep(1);
      ledger.read(slot, account);
    }

    assertThat(account.switches()).isGreaterThanOrEqualTo(20);
    assertThat(account.missedWakeups()).isZero();
    assertThat(account.lastNs() - account.openedNs()).isGreaterThan(100_000_000);
    assertThat(sumOfLines(account)).isEqualTo(account.lastNs() - account.openedNs());
    assertThat(account.latencyHistogram()).isNotEqualTo(new long[LedgerAccount.BUCKETS]);
  }

  @Test
  void aFullLedgerSaysSoAndASlotGivenBackIsUsedAgainAfterARest() throws Exception {
    int thread = TestLibC.currentTid();
    int first = ledger.open(thread, () -> 0);
    ledger.open(thread + 1, () -> 0);
    assertThatThrownBy(() -> ledger.open(thread + 2, () -> 0))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("it holds 2");

    ledger.close(thread, first, 10);
    assertThatThrownBy(() -> ledger.open(thread + 2, () -> 10)).isInstanceOf(KernelException.class);
    assertThat(ledger.open(thread + 2, () -> 11 + SECOND_NS)).isEqualTo(first);

    LedgerAccount account = new LedgerAccount();
    ledger.read(first, account);
    assertThat(account.openedNs()).isEqualTo(11 + SECOND_NS);
    assertThat(account.switches()).isZero();
  }

  @Test
  void theListOfKvmFilesCanBeRead() throws Exception {
    assertThat(ledger.kvmFiles()).allSatisfy(file -> assertThat(file.process()).isPositive());
  }
}
