package org.vcpuacct.kernel;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * The ledger's programs at the scheduler's events, on a machine on which no thread is a vCPU's, or
 * none that the ledger has an account of. In this package, as no other may load a part of a ledger.
 */
public final class SchedulerPrograms {

  private static final int ANY_CAPACITY = 4096;
  private static final int ANY_CLASS = 1;
  private static final Set<String> PROGRAMS =
      Set.of("sched_switch", "sched_wakeup", "sched_process_exit");

  private SchedulerPrograms() {}

  /** Runs them until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    LedgerSettings settings =
        new LedgerSettings(ANY_CAPACITY, new ExitRules(ANY_CLASS), false, Optional.empty());
    try (BpfLedger ledger = BpfLedger.load(settings, PROGRAMS, PROGRAMS)) {
      System.out.println("attached: " + String.join(", ", ledger.programs()));
      while (System.in.read() >= 0) {
        // waits for the end
      }
    }
  }
}
