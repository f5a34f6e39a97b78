package org.vcpuacct.kernel;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
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

/**
 * The ledger of one vCPU in plain Java: the reference of what each event does to an account.
 *
 * <p>A thread is at a place and in a run state; the two name the line that is open. An event closes
 * it: the time since the event before is posted there, and nowhere else. Then the event moves the
 * thread. So the lines always sum to the time from the account's opening to the last event.
 *
 * <p>The ledger inside the kernel, ledger.h, is to give the same account of the same events.
 */
final class LedgerModel {

  /** Where time can stand. */
  enum Line {
    GUEST,
    EXIT,
    VMM,
    POLL,
    HALTED,
    WAIT_PREEMPTED,
    WAIT_WOKEN,
    THROTTLED,
    BLOCKED_HOST,
    BLOCKED_VMM,
    UNKNOWN;

    /** The permanent number of the line. */
    int number() {
      return ordinal() + 1;
    }
  }

  /** What the thread executes, or would if it were on a pCPU. */
  enum Place {
    UNKNOWN(Line.UNKNOWN, Line.UNKNOWN),
    VMM(Line.VMM, Line.BLOCKED_VMM),
    GUEST(Line.GUEST, Line.UNKNOWN), // a guest does not sleep: it exits first
    EXIT(Line.EXIT, Line.BLOCKED_HOST);

    private final Line running;
    private final Line asleep;

    Place(Line running, Line asleep) {
      this.running = running;
      this.asleep = asleep;
    }
  }

  /** What the scheduler does with the thread. */
  enum RunState {
    UNKNOWN,
    ON_CPU,
    PREEMPTED,
    WOKEN,
    BLOCKED,
    ENDED
  }

  private static final int EXIT_CLASS_HLT = 7;
  private static final int EXIT_CLASS_WFX = 17;
  private static final int NO_CLASS = 0;
  private static final int NO_MODE = 0;

  private final long openedNs;
  private long lastNs;
  private long events;

  private Place place = Place.UNKNOWN;
  private RunState runState = RunState.UNKNOWN;
  private Line openLine = Line.UNKNOWN;
  private int exitClass;
  private boolean haltedInVmm;
  private long onCpuSinceMoveNs;
  private long throttledMarkNs;

  private final long[] lineNs = new long[Line.values().length];
  private final ExitBook[] exits = new ExitBook[AccountWords.EXIT_CLASSES];
  private final long[] exitsByMode = new long[AccountWords.GUEST_MODES];
  private long entries;
  private long userExits;

  private final Log2Counts latencies = new Log2Counts();
  private long maxLatencyNs;
  private long missedWakeups;

  private int cpu;
  private int node;
  private long switches;
  private long cpuMigrations;
  private long nodeMigrations;

  private boolean kernelKnown;
  private long kernelExitsBase;
  private long missedExits;
  private long kernelPollBaseNs;
  private long kernelPollNs;
  private long pollOffCpuNs;
  private boolean runDelayKnown;
  private long kernelRunDelayBaseNs;
  private long kernelRunDelayNs;
  private long runDelayBaseNs;
  private long runDelayNs;

  /** Exits of one class. */
  private static final class ExitBook {
    private long count;
    private long ns;
    private final Log2Counts durations = new Log2Counts();
  }

  /** Counts of durations: bucket b from 2^b up to 2^(b+1) ns, the last all that are longer. */
  private static final class Log2Counts {
    private final long[] counts = new long[AccountWords.BUCKETS];

    void add(long ns) {
      int log2 = ns == 0 ? 0 : Long.SIZE - 1 - Long.numberOfLeadingZeros(ns);
      counts[Math.min(log2, AccountWords.BUCKETS - 1)]++;
    }
  }

  LedgerModel(long openedNs) {
    this.openedNs = openedNs;
    this.lastNs = openedNs;
    Arrays.setAll(exits, exitClass -> new ExitBook());
  }

  /** Posts the time up to an event and lets it happen. */
  void apply(LedgerEvent event) {
    if (isMeaningless(event)) {
      return;
    }
    events++;
    if (event instanceof Entry entry) {
      enterGuest(entry);
    } else if (event instanceof Exit exit) {
      exitGuest(exit);
    } else if (event instanceof Leave leave) {
      returnToVmm(leave);
    } else if (event instanceof Poll poll) {
      endHalt(poll);
    } else if (event instanceof End end) {
      postUpTo(end.nowNs());
      runState = RunState.ENDED;
    } else if (event instanceof LearnKernel learn) {
      learnKernel(learn);
    } else if (event instanceof CompareExits compare) {
      missedExits = compare.kernelExits() - kernelExitsBase - totalExits();
    } else if (event instanceof CompareRunDelay compare) {
      compareRunDelay(compare.kernelRunDelayNs());
    } else {
      schedule(event);
    }
  }

  // A thread that has ended has no time any more. A wake-up ends a sleep, but is also told of
  // threads that do not sleep: it changes nothing then, not even the time of the last event.
  private boolean isMeaningless(LedgerEvent event) {
    return runState == RunState.ENDED || (event instanceof Wake && runState != RunState.BLOCKED);
  }

  private void schedule(LedgerEvent event) {
    if (event instanceof Preempt preempt) {
      postUpTo(preempt.nowNs());
      waitAs(RunState.PREEMPTED, preempt.throttled(), preempt.throttledClockNs());
    } else if (event instanceof Wake wake) {
      postUpTo(wake.nowNs());
      waitAs(RunState.WOKEN, wake.throttled(), wake.throttledClockNs());
    } else if (event instanceof Block block) {
      postUpTo(block.nowNs());
      runState = RunState.BLOCKED;
      openLine = lineOfSleep(block.sleep());
    } else if (event instanceof Run run) {
      getOntoCpu(run);
    }
  }

  // ---- time

  /** The time since the last event. A clock that steps back has not moved. */
  private long passUpTo(long nowNs) {
    long passedNs = Math.max(0, nowNs - lastNs);
    lastNs += passedNs;
    return passedNs;
  }

  private void postUpTo(long nowNs) {
    long passedNs = passUpTo(nowNs);
    post(openLine, passedNs);
    if (runState == RunState.ON_CPU) {
      onCpuSinceMoveNs += passedNs;
    }
  }

  /** Time of exits also stands in the book of the exit's class; ns is negative to take it back. */
  private void post(Line line, long ns) {
    lineNs[line.ordinal()] += ns;
    if (line == Line.EXIT) {
      currentExits().ns += ns;
    }
  }

  private ExitBook currentExits() {
    return exits[knownOr(NO_CLASS, exitClass, exits.length)];
  }

  private static int knownOr(int unknown, int number, int count) {
    return number >= 0 && number < count ? number : unknown;
  }

  // ---- KVM

  /** The thread is on CPU to move. If it was in an exit, that is over and its duration known. */
  private void moveTo(Place next, long nowNs) {
    postUpTo(nowNs);
    if (place == Place.EXIT) {
      currentExits().durations.add(onCpuSinceMoveNs);
    }
    onCpuSinceMoveNs = 0;
    place = next;
    runState = RunState.ON_CPU;
    openLine = next.running;
  }

  private void enterGuest(Entry entry) {
    moveTo(Place.GUEST, entry.nowNs());
    entries++;
  }

  private void exitGuest(Exit exit) {
    moveTo(Place.EXIT, exit.nowNs());
    exitClass = exit.exitClass();
    currentExits().count++;
    exitsByMode[knownOr(NO_MODE, exit.guestMode(), exitsByMode.length)]++;
  }

  private void returnToVmm(Leave leave) {
    moveTo(Place.VMM, leave.nowNs());
    haltedInVmm = leave.halted();
    userExits++;
  }

  /**
   * The kernel says how long it polled in the halt that ends. Up to now that stands where the
   * thread is, so it is moved from there, but no more than the thread was on CPU: what is left was
   * waiting in the midst of polling, and is posted as that.
   */
  private void endHalt(Poll poll) {
    postUpTo(poll.nowNs());
    long polledNs = poll.kernelPollNs() - kernelPollNs;
    kernelPollNs = poll.kernelPollNs();
    if (polledNs < 0) { // somebody has cleared the kernel's counters
      kernelPollBaseNs += polledNs;
      return;
    }
    long onCpuNs = Math.min(polledNs, onCpuSinceMoveNs);
    pollOffCpuNs += polledNs - onCpuNs;
    onCpuSinceMoveNs -= onCpuNs;
    post(place.running, -onCpuNs);
    post(Line.POLL, onCpuNs);
  }

  // ---- the scheduler

  private Line lineOfSleep(Sleep sleep) {
    boolean halted =
        switch (sleep) {
          case HALTED -> true;
          case UNKNOWN -> haltedInVmm() || isInHaltingExit();
          case BLOCKED -> haltedInVmm();
          case STOPPED -> false;
        };
    return halted ? Line.HALTED : place.asleep;
  }

  private boolean haltedInVmm() {
    return place == Place.VMM && haltedInVmm;
  }

  private boolean isInHaltingExit() {
    return place == Place.EXIT && (exitClass == EXIT_CLASS_HLT || exitClass == EXIT_CLASS_WFX);
  }

  private void waitAs(RunState waiting, boolean throttled, long throttledClockNs) {
    runState = waiting;
    openLine = throttled ? Line.THROTTLED : lineOfWait(waiting);
    throttledMarkNs = throttledClockNs;
  }

  private static Line lineOfWait(RunState waiting) {
    return waiting == RunState.PREEMPTED ? Line.WAIT_PREEMPTED : Line.WAIT_WOKEN;
  }

  private void getOntoCpu(Run run) {
    switch (runState) {
      case PREEMPTED, WOKEN -> endWait(run);
      case BLOCKED -> {
        postUpTo(run.nowNs());
        missedWakeups++;
      }
      default -> postUpTo(run.nowNs());
    }
    noteCpu(run.cpu(), run.node());
    runState = RunState.ON_CPU;
    openLine = place.running;
  }

  /** What the throttled clock went on by was the quota's, the rest waiting for a pCPU. */
  private void endWait(Run run) {
    long passedNs = passUpTo(run.nowNs());
    long throttledNs = Math.max(0, run.throttledClockNs() - throttledMarkNs);
    throttledNs = Math.min(throttledNs, passedNs);
    long waitedNs = passedNs - throttledNs;
    post(Line.THROTTLED, throttledNs);
    post(lineOfWait(runState), waitedNs);
    if (runState == RunState.WOKEN) {
      latencies.add(waitedNs);
      maxLatencyNs = Math.max(maxLatencyNs, waitedNs);
    }
  }

  private void noteCpu(int nextCpu, int nextNode) {
    if (switches > 0) {
      cpuMigrations += nextCpu == cpu ? 0 : 1;
      nodeMigrations += nextNode == node ? 0 : 1;
    }
    cpu = nextCpu;
    node = nextNode;
    switches++;
  }

  // ---- the kernel's own figures

  private void learnKernel(LearnKernel learn) {
    kernelKnown = true;
    kernelExitsBase = learn.kernelExits() - totalExits();
    kernelPollBaseNs = learn.kernelPollNs();
    kernelPollNs = learn.kernelPollNs();
  }

  private void compareRunDelay(long kernelNs) {
    runDelayNs = ns(Line.WAIT_PREEMPTED) + ns(Line.WAIT_WOKEN) + ns(Line.THROTTLED);
    kernelRunDelayNs = kernelNs;
    if (!runDelayKnown) {
      runDelayKnown = true;
      runDelayBaseNs = runDelayNs;
      kernelRunDelayBaseNs = kernelRunDelayNs;
    }
  }

  private long totalExits() {
    return Arrays.stream(exits).mapToLong(book -> book.count).sum();
  }

  // ---- the account

  /** Time posted to a line. */
  long ns(Line line) {
    return lineNs[line.ordinal()];
  }

  /** A word of the account by its name in {@link AccountWords#NAMES}. */
  long word(String name) {
    return account().get(name);
  }

  /** The words of the account, as ledger.h keeps them, by their names. */
  Map<String, Long> account() {
    Map<String, Long> words = new LinkedHashMap<>();
    words.put("sequence", 2 * events); // one up when an event begins and one when it ends
    words.put("openedNs", openedNs);
    words.put("lastNs", lastNs);
    putState(words);
    words.put("entries", entries);
    words.put("exitsTotal", totalExits());
    words.put("userExits", userExits);
    putArray(words, "exitsByMode", exitsByMode);
    words.put("lastOtherCode", 0L); // raw codes are not told to this machine
    putScheduling(words);
    putKernelFigures(words);
    for (int i = 0; i < exits.length; i++) {
      words.put(AccountWords.element("exits", i) + ".count", exits[i].count);
      words.put(AccountWords.element("exits", i) + ".ns", exits[i].ns);
      putArray(words, AccountWords.element("exitLog2", i), exits[i].durations.counts);
    }
    putArray(words, "latencyLog2", latencies.counts);
    return words;
  }

  private void putState(Map<String, Long> words) {
    words.put("openLine", (long) openLine.number());
    words.put("exitClass", (long) exitClass);
    words.put("place", (long) place.ordinal());
    words.put("runState", (long) runState.ordinal());
    words.put("userHalted", haltedInVmm ? 1L : 0);
    words.put("episodeNs", onCpuSinceMoveNs);
    words.put("throttledMarkNs", throttledMarkNs);
    words.put(AccountWords.element("lines", 0), 0L); // lines are numbered from 1
    for (Line line : Line.values()) {
      words.put(AccountWords.element("lines", line.number()), ns(line));
    }
  }

  private void putScheduling(Map<String, Long> words) {
    words.put("cpu", (long) cpu);
    words.put("node", (long) node);
    words.put("switches", switches);
    words.put("cpuMigrations", cpuMigrations);
    words.put("nodeMigrations", nodeMigrations);
    words.put("missedWakeups", missedWakeups);
    words.put("latencyMaxNs", maxLatencyNs);
  }

  private void putKernelFigures(Map<String, Long> words) {
    words.put("kernelKnown", kernelKnown ? 1L : 0);
    words.put("kernelExitsBase", kernelExitsBase);
    words.put("missedExits", missedExits);
    words.put("kernelPollBaseNs", kernelPollBaseNs);
    words.put("kernelPollNs", kernelPollNs);
    words.put("pollOffCpuNs", pollOffCpuNs);
    words.put("runDelayKnown", runDelayKnown ? 1L : 0);
    words.put("kernelRunDelayBaseNs", kernelRunDelayBaseNs);
    words.put("kernelRunDelayNs", kernelRunDelayNs);
    words.put("runDelayBaseNs", runDelayBaseNs);
    words.put("runDelayNs", runDelayNs);
  }

  private static void putArray(Map<String, Long> words, String name, long[] values) {
    for (int i = 0; i < values.length; i++) {
      words.put(AccountWords.element(name, i), values[i]);
    }
  }
}
