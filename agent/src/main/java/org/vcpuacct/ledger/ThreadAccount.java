package org.vcpuacct.ledger;

import java.util.Map;
import java.util.Optional;
import org.vcpuacct.vm.ThreadKind;

/**
 * One thread of a VM that is not a vCPU's, in a snapshot. Immutable.
 *
 * @param threadId as the host's PID namespace numbers it
 * @param name its name, fit for a terminal
 * @param kind what it does
 * @param sinceNs CLOCK_MONOTONIC since which its times count, ns
 * @param times since then
 * @param changes what was added over each window; a window not yet observed is missing
 */
public record ThreadAccount(
    int threadId,
    String name,
    ThreadKind kind,
    long sinceNs,
    ThreadTimes times,
    Map<Window, ThreadTimes> changes) {

  public ThreadAccount {
    changes = Map.copyOf(changes);
  }

  /** What was added over the window; empty while it has not been observed. */
  public Optional<ThreadTimes> change(Window window) {
    return Optional.ofNullable(changes.get(window));
  }
}
