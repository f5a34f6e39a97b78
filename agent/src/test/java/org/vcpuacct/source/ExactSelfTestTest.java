package org.vcpuacct.source;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.vcpuacct.kernel.Accounts;
import org.vcpuacct.kernel.KvmFile.VcpuState;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.Line;

class ExactSelfTestTest {

  private static final int IO = ExitClass.IO.number();
  private static final int THREAD = 4711;

  private final Accounts account = Accounts.openedAt(0);
  private final ExactSelfTest test = new ExactSelfTest("vCPU 0 of mme");

  private void check() throws TierFailedException {
    test.check(account.account(), Optional.empty());
  }

  private void check(long kernelExits, long kernelPollNs) throws TierFailedException {
    test.check(account.account(), Optional.of(new VcpuState(0, THREAD, kernelExits, kernelPollNs)));
  }

  private static void assertFails(ThrowingCallable check, String what) {
    assertThatThrownBy(check)
        .isInstanceOf(TierFailedException.class)
        .hasMessageContaining("vCPU 0 of mme")
        .hasMessageContaining(what);
  }

  @Test
  void anAccountThatClosesPasses() {
    account.post(Line.GUEST.number(), 5_000).post(Line.EXIT.number(), 300);
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void oneNanosecondTooMuchFails() {
    account.post(Line.GUEST.number(), 5_000).addResidue(Line.VMM.number(), 1);
    assertFails(this::check, "lines sum to 5001 ns of 5000 ns");
  }

  @Test
  void aFewExitsThatKvmDoesNotTraceAreTolerated() {
    account.kernelBase(100, 0).exits(IO, 1_000_000, 0, 9).missedExits(500);
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void manyMissedExitsFail() {
    account.kernelBase(100, 0).exits(IO, 1_000_000, 0, 9).missedExits(1_100);
    assertFails(this::check, "KVM counted 1100 exits");
  }

  @Test
  void aGuestThatRunsWithoutEventsFails() throws Exception {
    check();
    check(1_000, 0);
    check(1_050, 0);
    assertFails(() -> check(1_200, 0), "fired neither kvm_entry nor kvm_exit");
  }

  @Test
  void aGuestThatDoesNotRunPasses() throws Exception {
    check(1_000, 0);
    assertThatCode(() -> check(1_000, 0)).doesNotThrowAnyException();
  }

  @Test
  void aListOlderThanTheAccountSaysNothing() {
    account.kernelBase(9_000, 0).exits(IO, 50, 0, 9);
    assertThatCode(() -> check(4_000, 0)).doesNotThrowAnyException();
  }

  @Test
  void theKernelsCountLiesBetweenTwoReadings() throws Exception {
    account.kernelBase(100, 0).exits(IO, 50, 0, 9);
    check(150, 0);
    account.exits(IO, 5_000, 0, 9);
    check(2_000, 0); // listed in the midst of the 5000
    account.exits(IO, 10, 0, 9);
    assertFails(() -> check(9_999, 0), "exits that kvm_exit did not tell of");
  }

  @Test
  void pollingThatNoEventToldOfFailsUnlessAHaltMayBeGoingOn() throws Exception {
    account.kernelBase(0, 7_000).exits(IO, 1, 0, 9).openExit(ExitClass.HLT.number());
    check();
    check(2, 9_000);
    account.inGuest();
    assertFails(() -> check(2, 9_000), "KVM polled 2000 ns");
  }

  @Test
  void oneIntervalInWhichTheClocksDisagreePasses() throws Exception {
    account.switches(1, 0, 0).waited(90_000_000, 10_000);
    check();
    for (int interval = 0; interval < 20; interval++) {
      account.switches(10, 0, 0).waited(1_000_000, 950_000);
      assertThatCode(this::check).doesNotThrowAnyException();
    }
  }

  @Test
  void severalIntervalsInARowFail() throws Exception {
    for (int interval = 0; interval < 4; interval++) {
      account.switches(10, 0, 0).waited(90_000_000, 10_000);
      check();
    }
    account.switches(10, 0, 0).waited(90_000_000, 10_000);
    assertFails(this::check, "waited 90000000 ns, of which the scheduler says 10000 ns");
  }

  @Test
  void waitingThatTheLedgerDoesNotSeeFails() throws Exception {
    for (int interval = 0; interval < 4; interval++) {
      account.switches(10, 0, 0).waited(10_000, 20_000_000);
      check();
    }
    account.switches(10, 0, 0).waited(10_000, 20_000_000);
    assertFails(this::check, "waited 10000 ns, of which the scheduler says 20000000 ns");
  }
}
