package org.vcpuacct.ledger;

import java.util.Map;
import java.util.Optional;
import org.vcpuacct.vm.ThreadKind;

/**
 * All threads of one kind of one VM together, those that have ended included, in a snapshot.
 * Immutable.
 *
 * @param kind what they do
 * @param times since the VM was found
 * @param changes what was added over each window; a window not yet observed is missing
 */
public record ThreadKindAccount(
    ThreadKind kind, ThreadTimes times, Map<Window, ThreadTimes> changes) {

  public ThreadKindAccount {
    changes = Map.copyOf(changes);
  }

  /** What was added over the window; empty while it has not been observed. */
  public Optional<ThreadTimes> change(Window window) {
    return Optional.ofNullable(changes.get(window));
  }
}
