package org.vcpuacct.ledger;

import java.util.Comparator;
import java.util.List;

/**
 * The threads of a VM that are not its vCPUs', in a snapshot. Immutable.
 *
 * @param running those that are running, by ascending number
 * @param kinds by kind; a kind of which there was never a thread is missing
 */
public record VmThreads(List<ThreadAccount> running, List<ThreadKindAccount> kinds) {

  /** Of a VM whose threads are charged to another VM of the same process. */
  public static final VmThreads NONE = new VmThreads(List.of(), List.of());

  public VmThreads {
    running = running.stream().sorted(Comparator.comparingInt(ThreadAccount::threadId)).toList();
    kinds = kinds.stream().sorted(Comparator.comparing(ThreadKindAccount::kind)).toList();
  }
}
