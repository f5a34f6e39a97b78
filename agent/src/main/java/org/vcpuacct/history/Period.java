package org.vcpuacct.history;

import java.util.List;
import java.util.Optional;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Window;

/**
 * What happened between two instants, in the types of a snapshot: the accounts as they stood at the
 * end, whose changes over {@link Window#LAST_INTERVAL} are those of the whole period. So whatever
 * explains a snapshot explains the past. Immutable.
 *
 * @param fromEpochMillis wall-clock time at which it begins, ms since 1970
 * @param toEpochMillis wall-clock time at which it ends
 * @param nes the network elements at its end, by ascending index
 */
public record Period(long fromEpochMillis, long toEpochMillis, List<NeAccount> nes) {

  public Period {
    nes = List.copyOf(nes);
  }

  /** The network element of this name; empty if there was none. */
  public Optional<NeAccount> ne(String name) {
    return nes.stream().filter(ne -> ne.name().equals(name)).findFirst();
  }
}
