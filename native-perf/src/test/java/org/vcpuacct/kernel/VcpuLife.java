package org.vcpuacct.kernel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.vcpuacct.kernel.LedgerEvent.Block;
import org.vcpuacct.kernel.LedgerEvent.CompareExits;
import org.vcpuacct.kernel.LedgerEvent.CompareRunDelay;
import org.vcpuacct.kernel.LedgerEvent.End;
import org.vcpuacct.kernel.LedgerEvent.Entry;
import org.vcpuacct.kernel.LedgerEvent.Exit;
import org.vcpuacct.kernel.LedgerEvent.LearnKernel;
import org.vcpuacct.kernel.LedgerEvent.Leave;
import org.vcpuacct.kernel.LedgerEvent.Poll;
import org.vcpuacct.kernel.LedgerEvent.Preempt;
import org.vcpuacct.kernel.LedgerEvent.Run;
import org.vcpuacct.kernel.LedgerEvent.Sleep;
import org.vcpuacct.kernel.LedgerEvent.Wake;
import org.vcpuacct.kernel.LedgerModel.Line;

/**
 * A vCPU that lives as vCPUs do, of which is known what it did with its time: the events that the
 * kernel would tell of it, and what a ledger must come to.
 */
final class VcpuLife {

  private static final int HLT = 7;
  private static final int CLASSES = AccountWords.EXIT_CLASSES;

  private static final int NEVER = 0;

  private final Random random;
  private final List<LedgerEvent> events = new ArrayList<>();
  private final Map<Line, Long> truth = new EnumMap<>(Line.class);

  private long nowNs = LedgerEvents.OPENED_NS;
  private boolean kernelLearnt;
  private long kernelExits;
  private long kernelPollNs;
  private long kernelRunDelayNs;
  private long throttledClockNs;
  private long wakeups;

  private VcpuLife(long seed) {
    this.random = new Random(seed);
    this.kernelExits = random.nextInt(1_000_000);
    this.kernelPollNs = random.nextInt(1_000_000_000);
    this.kernelRunDelayNs = random.nextInt(1_000_000_000);
    this.throttledClockNs = random.nextInt(1_000_000_000);
  }

  /** A life of so many stays in the guest, from the opening of its account to its end. */
  static VcpuLife of(long seed, int episodes) {
    VcpuLife life = new VcpuLife(seed);
    life.spend(Line.UNKNOWN, life.someNs());
    for (int i = 0; i < episodes; i++) {
      life.runGuest();
      life.leaveGuest();
    }
    life.returnToVmm(false);
    life.work(Line.VMM, NEVER);
    life.events.add(new End(life.nowNs));
    return life;
  }

  /** What the kernel tells. */
  List<LedgerEvent> events() {
    return List.copyOf(events);
  }

  /** The time that stands on each line in the end, ns. */
  long ns(Line line) {
    return truth.getOrDefault(line, 0L);
  }

  /** How often the thread was woken. */
  long wakeups() {
    return wakeups;
  }

  // ---- what a vCPU does

  private void runGuest() {
    events.add(new Entry(nowNs));
    if (!kernelLearnt) {
      kernelLearnt = true;
      events.add(new LearnKernel(kernelExits, kernelPollNs));
    }
    events.add(new CompareExits(kernelExits));
    spend(Line.GUEST, someNs());
  }

  private void leaveGuest() {
    switch (random.nextInt(6)) {
      case 0 -> {
        exit(HLT);
        halt();
      }
      case 1 -> {
        exit(anyClass());
        sleep(Sleep.BLOCKED, Line.BLOCKED_HOST);
      }
      case 2 -> {
        exit(anyClass());
        returnToVmm(false);
        work(Line.VMM, 3);
        sleep(Sleep.BLOCKED, Line.BLOCKED_VMM);
        work(Line.VMM, 3);
      }
      case 3 -> {
        exit(HLT);
        returnToVmm(true);
        sleep(Sleep.UNKNOWN, Line.HALTED);
        work(Line.VMM, NEVER);
      }
      default -> exit(anyClass());
    }
  }

  private int anyClass() {
    return 1 + random.nextInt(CLASSES - 1);
  }

  private void exit(int exitClass) {
    events.add(new Exit(nowNs, exitClass, random.nextInt(AccountWords.GUEST_MODES)));
    kernelExits++;
    work(Line.EXIT, 4);
  }

  private void returnToVmm(boolean halted) {
    events.add(new Leave(nowNs, halted));
  }

  /** Polls, and if nothing comes sleeps. */
  private void halt() {
    boolean polls = random.nextBoolean();
    if (polls) {
      long pollNs = someNs();
      spend(Line.POLL, pollNs);
      kernelPollNs += pollNs;
    }
    if (!polls || random.nextBoolean()) {
      sleep(Sleep.HALTED, Line.HALTED);
    }
    events.add(new Poll(nowNs, kernelPollNs));
    work(Line.EXIT, 4);
  }

  /** Works on a pCPU; one time in so many it is preempted there. */
  private void work(Line line, int preemptedOneIn) {
    spend(line, someNs());
    if (random.nextInt(4) == 0) {
      events.add(new Wake(nowNs, false, throttledClockNs)); // of a thread that does not sleep
    }
    if (preemptedOneIn != NEVER && random.nextInt(preemptedOneIn) == 0) {
      boolean throttled = random.nextInt(3) == 0;
      events.add(new Preempt(nowNs, throttled, throttledClockNs));
      events.add(new CompareRunDelay(kernelRunDelayNs));
      await(Line.WAIT_PREEMPTED, throttled);
      spend(line, someNs());
    }
  }

  private void sleep(Sleep sleep, Line line) {
    events.add(new Block(nowNs, sleep));
    events.add(new CompareRunDelay(kernelRunDelayNs));
    spend(line, someNs());
    boolean throttled = random.nextInt(5) == 0;
    events.add(new Wake(nowNs, throttled, throttledClockNs));
    wakeups++;
    await(Line.WAIT_WOKEN, throttled);
  }

  /** Waits for a pCPU, and for a quota in the beginning if it has run out. */
  private void await(Line line, boolean throttled) {
    long beganNs = nowNs;
    if (throttled) {
      long heldNs = someNs();
      throttledClockNs += heldNs;
      spend(Line.THROTTLED, heldNs);
    }
    spend(line, someNs());
    kernelRunDelayNs += nowNs - beganNs;
    events.add(new Run(nowNs, random.nextInt(4), random.nextInt(2), throttledClockNs));
  }

  // ---- time

  private void spend(Line line, long ns) {
    nowNs += ns;
    truth.merge(line, ns, Long::sum);
  }

  private long someNs() {
    return random.nextLong() & ((1L << random.nextInt(34)) - 1);
  }
}
