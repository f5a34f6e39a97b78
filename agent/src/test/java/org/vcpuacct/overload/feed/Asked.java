package org.vcpuacct.overload.feed;

import java.util.List;
import java.util.Optional;
import org.vcpuacct.ledger.AgentStats;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.OverloadLevel;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Tier;

/** Builds snapshots that ask something of network elements. */
final class Asked {

  static final int VALIDITY_MS = 3_000;
  static final long VALIDITY_NS = VALIDITY_MS * 1_000_000L;

  private Asked() {}

  static Snapshot at(long takenNs, NeAccount... nes) {
    return at(takenNs, List.of(nes));
  }

  static Snapshot at(long takenNs, List<NeAccount> nes) {
    return new Snapshot(
        takenNs,
        1_700_000_000_000L,
        Tier.SAMPLED,
        List.of(),
        nes,
        Optional.empty(),
        List.of(),
        new AgentStats(1, 0, 0, 0),
        List.of());
  }

  static NeAccount ne(int index, String name, Overload overload) {
    return ofUnknownLoad(index, name).with(overload);
  }

  static NeAccount ofUnknownLoad(int index, String name) {
    return new NeAccount(index, name, 1, List.of(), Optional.empty());
  }

  /** All of it follows from the sequence number. */
  static Overload overload(long sequence) {
    return new Overload(
        sequence,
        VALIDITY_MS,
        (int) (sequence % 101),
        (int) (sequence * 7 % 101),
        OverloadLevel.values()[(int) (sequence % 4)],
        Cause.values()[(int) (sequence / 4 % 4)]);
  }
}
