package org.vcpuacct.overload.feed;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.Snapshot;

/**
 * What the readers of a stream are to be told: what has changed at once, everything else so often
 * that it never expires. Not safe for use by two threads.
 */
final class OverloadNews {

  /**
   * A snapshot comes three times while something is valid, at least. What was not told for half of
   * such a third is told: so no two thirds go by without it, however often snapshots come.
   */
  private static final int PARTS_OF_VALIDITY = 6;

  private static final long NS_PER_MS = 1_000_000;

  private final LongSupplier monotonicNs;
  private final Map<Integer, Told> told = new HashMap<>();
  private Map<String, OverloadRecord> current = Map.of();
  private Set<String> names = Set.of();
  private Map<String, OverloadLine> due = Map.of();
  private ByteBuffer allDue = OverloadLine.join(List.of());

  private record Told(long sequence, long takenNs) {}

  OverloadNews(LongSupplier monotonicNs) {
    this.monotonicNs = monotonicNs;
  }

  /** Takes the newest snapshot. */
  void update(Snapshot snapshot) {
    long nowNs = monotonicNs.getAsLong();
    Map<String, OverloadRecord> now = new HashMap<>();
    Map<String, OverloadLine> lines = new LinkedHashMap<>();
    for (NeAccount ne : snapshot.nes()) {
      ne.overload()
          .map(overload -> OverloadRecord.of(ne, overload, snapshot.takenNs()))
          .filter(record -> record.isValidAt(nowNs))
          .ifPresent(
              record -> {
                now.put(ne.name(), record);
                if (isDue(record)) {
                  lines.put(ne.name(), OverloadLine.of(ne.name(), record, nowNs));
                }
              });
    }
    told.keySet().retainAll(snapshot.nes().stream().map(NeAccount::index).toList());
    names = snapshot.nes().stream().map(NeAccount::name).collect(Collectors.toSet());
    current = now;
    due = lines;
    allDue = OverloadLine.join(lines.values());
  }

  private boolean isDue(OverloadRecord record) {
    Overload overload = record.overload();
    Told before = told.get(record.index());
    boolean isDue =
        before == null
            || before.sequence != overload.sequence()
            || record.measuredNs() - before.takenNs
                >= overload.validityMs() * NS_PER_MS / PARTS_OF_VALIDITY;
    if (isDue) {
      told.put(record.index(), new Told(overload.sequence(), record.measuredNs()));
    }
    return isDue;
  }

  /** What is to be sent after the last update, in one piece. */
  ByteBuffer due() {
    return allDue.duplicate();
  }

  /** The same of one network element. */
  Optional<OverloadLine> due(String ne) {
    return Optional.ofNullable(due.get(ne));
  }

  /** What holds of one network element now. */
  Optional<OverloadLine> current(String ne) {
    long nowNs = monotonicNs.getAsLong();
    return Optional.ofNullable(current.get(ne))
        .filter(record -> record.isValidAt(nowNs))
        .map(record -> OverloadLine.of(ne, record, nowNs));
  }

  /** What holds now, of all network elements, in one piece. */
  ByteBuffer current() {
    return OverloadLine.join(
        current.keySet().stream().sorted().flatMap(ne -> current(ne).stream()).toList());
  }

  /** Whether there is a network element of this name. */
  boolean knows(String ne) {
    return names.contains(ne);
  }
}
