package org.vcpuacct.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.vcpuacct.kernel.LedgerAccount;
import org.vcpuacct.ledger.ExactDetail;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.ExitCounts;
import org.vcpuacct.ledger.ExitTimes;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.LineTimes;
import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.Reading;
import org.vcpuacct.ledger.Scheduling;
import org.vcpuacct.ledger.Tier;

/** Makes readings of the accounts that the kernel keeps of one vCPU. */
final class ExactReadings {

  private static final Line[] LINES = Line.values();
  private static final ExitClass[] CLASSES = ExitClass.values();

  private final Set<ExitClass> told;
  private final int pcpuAtOpening;
  private final MonotonicSplit lines = new MonotonicSplit(LINES.length);
  private final MonotonicSplit classes = new MonotonicSplit(CLASSES.length);
  private final List<Log2Histogram> durations =
      new ArrayList<>(Collections.nCopies(CLASSES.length, Log2Histogram.empty()));
  private final long[] durationTotals = new long[CLASSES.length];
  private Log2Histogram latency = Log2Histogram.empty();
  private long latencySwitches;

  /**
   * @param told the classes that the architecture has
   * @param pcpuAtOpening the pCPU of the thread, which the account does not know before a switch
   */
  ExactReadings(Set<ExitClass> told, int pcpuAtOpening) {
    this.told = told;
    this.pcpuAtOpening = pcpuAtOpening;
  }

  /**
   * The reading of an account, with the time since its last event on the line that is open.
   *
   * @param nowNs CLOCK_MONOTONIC, ns; if an event came after it, the event's time counts
   */
  Reading of(LedgerAccount account, long nowNs) {
    long openNs = Math.max(0, nowNs - account.lastNs());
    long[] lineNs = lines.show(lineNs(account, openNs), wallNs(account, openNs));
    LineTimes times = LineTimes.of(Tier.EXACT, lineNs);
    long waitNs =
        lineNs[Line.WAIT_PREEMPTED.ordinal()]
            + lineNs[Line.WAIT_WOKEN.ordinal()]
            + lineNs[Line.THROTTLED.ordinal()];
    long cpuNs =
        lineNs[Line.GUEST.ordinal()]
            + lineNs[Line.EXIT.ordinal()]
            + lineNs[Line.VMM.ordinal()]
            + lineNs[Line.POLL.ordinal()];
    long[] exitNs = classes.show(exitNs(account, openNs), lineNs[Line.EXIT.ordinal()]);
    int pcpu = account.switches() > 0 ? account.cpu() : pcpuAtOpening;
    return new Reading(
        cpuNs,
        waitNs,
        pcpu,
        times,
        Optional.of(exits(account)),
        Optional.of(detail(account, exitNs)));
  }

  private static long wallNs(LedgerAccount account, long openNs) {
    return account.lastNs() - account.openedNs() + openNs;
  }

  private static long[] lineNs(LedgerAccount account, long openNs) {
    long[] ns = new long[LINES.length];
    for (Line line : Line.of(Tier.EXACT)) {
      boolean open = line.number() == account.openLine();
      ns[line.ordinal()] = account.lineNs(line.number()) + (open ? openNs : 0);
    }
    return ns;
  }

  private static long[] exitNs(LedgerAccount account, long openNs) {
    boolean exitIsOpen = account.openLine() == Line.EXIT.number();
    long[] ns = new long[CLASSES.length];
    for (ExitClass exitClass : CLASSES) {
      boolean open = exitIsOpen && exitClass.number() == account.openExitClass();
      ns[exitClass.ordinal()] = account.exitNs(exitClass.number()) + (open ? openNs : 0);
    }
    return ns;
  }

  private ExitCounts exits(LedgerAccount account) {
    ExitCounts.Builder counts = ExitCounts.builder(account.exits());
    for (ExitClass exitClass : told) {
      counts.set(exitClass, account.exits(exitClass.number()));
    }
    return counts.build();
  }

  private ExactDetail detail(LedgerAccount account, long[] exitNs) {
    updateHistograms(account);
    boolean hasOther = account.exits(ExitClass.OTHER.number()) > 0;
    return new ExactDetail(
        new ExitTimes(exitNs, durations),
        new Scheduling(
            latency,
            account.maxLatencyNs(),
            account.cpuMigrations(),
            account.nodeMigrations(),
            account.switches() > 0 ? OptionalInt.of(account.node()) : OptionalInt.empty()),
        account.entries(),
        account.userspaceExits(),
        account.guestUserExits(),
        account.guestKernelExits(),
        hasOther ? OptionalLong.of(account.lastOtherCode()) : OptionalLong.empty());
  }

  // Most classes have had no exit since the last reading: their histograms are shared with it.
  private void updateHistograms(LedgerAccount account) {
    for (ExitClass exitClass : CLASSES) {
      int i = exitClass.ordinal();
      long total = account.exitHistogramTotal(exitClass.number());
      if (total != durationTotals[i]) {
        durations.set(i, Log2Histogram.of(account.exitHistogram(exitClass.number()), 0));
        durationTotals[i] = total;
      }
    }
    if (account.switches() != latencySwitches) {
      latency = Log2Histogram.of(account.latencyHistogram(), 0);
      latencySwitches = account.switches();
    }
  }
}
