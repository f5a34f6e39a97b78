package org.vcpuacct.source;

import java.util.EnumSet;
import java.util.function.LongSupplier;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.kernel.BpfLedger;
import org.vcpuacct.ledger.ExitClass;

/** The source of tier exact as the agent has it, over a ledger that somebody else has loaded. */
public final class ReplayedSource {

  private ReplayedSource() {}

  /**
   * A source that owns the ledger.
   *
   * @param monotonicNs CLOCK_MONOTONIC, ns
   */
  public static ExactSource of(HostRoot host, BpfLedger ledger, LongSupplier monotonicNs) {
    return new ExactSource(host, ledger, EnumSet.allOf(ExitClass.class), monotonicNs);
  }
}
