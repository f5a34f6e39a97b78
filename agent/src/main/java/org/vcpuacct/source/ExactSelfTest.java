package org.vcpuacct.source;

import java.util.Optional;
import org.vcpuacct.host.Limit;
import org.vcpuacct.kernel.KvmFile.VcpuState;
import org.vcpuacct.kernel.LedgerAccount;

/**
 * Compares the account of one vCPU with itself and with what the kernel counts on its own, at each
 * reading. Only what cannot be explained fails: see docs/tiers.md for each tolerance.
 */
final class ExactSelfTest {

  /** Exits that KVM counts and does not trace: entries that the CPU refuses. */
  private static final long TOLERATED_EXITS = 16;

  private static final double TOLERATED_SHARE_OF_EXITS = 0.001;

  /** Exits without a single event after which nobody can say that the guest just did not run. */
  private static final long EXITS_THAT_SHOW = 100;

  /**
   * The scheduler's clock is of other instants of a switch, and stands still from a wake-up to the
   * switch that follows at once (rq_clock_skip_update, kernel/sched/core.c): some us, or under
   * emulation some hundred.
   */
  private static final long TOLERATED_NS_A_SWITCH = 500_000;

  private static final double TOLERATED_SHARE_OF_WAIT = 0.1;

  private static final int TOLERATED_INTERVALS_APART = 5;

  private final String vcpu;
  private Optional<VcpuState> firstListed = Optional.empty();

  /** What was listed before the first reading may be older than the account. */
  private boolean hasBeenRead;

  private long exitsBefore;
  private long ownWaitBeforeNs;
  private long kernelWaitBeforeNs;
  private long switchesBefore;
  private int intervalsApart;

  /**
   * @param vcpu what a message calls the vCPU
   */
  ExactSelfTest(String vcpu) {
    this.vcpu = vcpu;
  }

  /**
   * Checks an account.
   *
   * @param listed what KVM counted of the vCPU, between the last reading and this one; empty if it
   *     could not be read
   * @throws TierFailedException if the figures cannot be trusted
   */
  void check(LedgerAccount account, Optional<VcpuState> listed) throws TierFailedException {
    checkResidue(account);
    checkExits(account, account.missedExits());
    if (listed.isPresent() && hasBeenRead) {
      firstListed = firstListed.or(() -> listed);
      checkFires(account, listed.get().exits() - firstListed.get().exits());
      checkListed(account, listed.get());
    }
    checkWait(account);
    exitsBefore = account.exits();
    hasBeenRead = true;
  }

  private void checkResidue(LedgerAccount account) throws TierFailedException {
    long sum = 0;
    for (int line = 1; line < LedgerAccount.LINES; line++) {
      sum += account.lineNs(line);
    }
    long wallNs = account.lastNs() - account.openedNs();
    if (sum != wallNs) {
      throw failed("lines sum to " + sum + " ns of " + wallNs + " ns");
    }
  }

  private void checkExits(LedgerAccount account, long missed) throws TierFailedException {
    double tolerated = TOLERATED_EXITS + account.exits() * TOLERATED_SHARE_OF_EXITS;
    if (account.kernelKnown() && Math.abs(missed) > tolerated) {
      throw failed("KVM counted " + missed + " exits that kvm_exit did not tell of");
    }
  }

  private void checkFires(LedgerAccount account, long kernelExits) throws TierFailedException {
    if (account.entries() == 0 && kernelExits > EXITS_THAT_SHOW) {
      throw failed(
          "KVM counted " + kernelExits + " exits and fired neither kvm_entry nor kvm_exit");
    }
  }

  // The list was read after the last reading and before this one; KVM counts right after the event.
  private void checkListed(LedgerAccount account, VcpuState listed) throws TierFailedException {
    if (!account.kernelKnown()) {
      return;
    }
    long exits = listed.exits() - account.kernelExitsBase();
    checkExits(account, Math.max(0, exits - account.exits()));
    checkExits(account, Math.min(0, exits + 1 - exitsBefore));
    long polledNs = listed.pollNs() - account.kernelPollNs();
    if (polledNs > 0 && !account.mayBeHalting()) {
      throw failed("KVM polled " + polledNs + " ns that kvm_vcpu_wakeup did not tell of");
    }
  }

  /**
   * The two are taken by two clocks at two instants of a switch, between which a host that is
   * itself a guest may be held up: one interval shows nothing, several in a row do.
   */
  private void checkWait(LedgerAccount account) throws TierFailedException {
    long ownNs = account.ownRunDelayNs() - ownWaitBeforeNs;
    long kernelNs = account.kernelRunDelayNs() - kernelWaitBeforeNs;
    long switches = account.switches() - switchesBefore;
    double tolerated =
        switches * (double) TOLERATED_NS_A_SWITCH
            + Math.max(ownNs, kernelNs) * TOLERATED_SHARE_OF_WAIT;
    intervalsApart = Math.abs(ownNs - kernelNs) > tolerated ? intervalsApart + 1 : 0;
    if (intervalsApart == TOLERATED_INTERVALS_APART) {
      throw failed("waited " + ownNs + " ns, of which the scheduler says " + kernelNs + " ns");
    }
    ownWaitBeforeNs = account.ownRunDelayNs();
    kernelWaitBeforeNs = account.kernelRunDelayNs();
    switchesBefore = account.switches();
  }

  private TierFailedException failed(String what) {
    return new TierFailedException(
        new Limit(
            "the ledger in the kernel failed its self-test: " + vcpu + ": " + what,
            "the time of exits is absent, CPU time is split by clock ticks",
            "use kvm_amd or kvm_intel; if this host does, report it with the output of"
                + " vcpuacct check"));
  }
}
