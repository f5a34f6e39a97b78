package org.vcpuacct.history;

import java.util.List;
import org.vcpuacct.ledger.NeAccount;

/**
 * The accounts at one step, without changes.
 *
 * @param runEpochMillis tells the run of the daemon from others
 * @param takenNs CLOCK_MONOTONIC, ns, in whole units of {@link Resolution}
 * @param epochMillis wall-clock time, ms since 1970
 */
record Moment(long runEpochMillis, long takenNs, long epochMillis, List<NeAccount> nes) {}
