package org.vcpuacct.export.snmp;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;

/** The views of the newest snapshot: the same views for as long as the snapshot is the same. */
public final class SnapshotViews implements ContextViews {

  private static final String DEFAULT_CONTEXT = "";

  private final MibTables tables;
  private final Supplier<Snapshot> snapshots;
  private volatile OfSnapshot newest;

  /** All contexts over one snapshot; what nobody asks for is not made. */
  private static final class OfSnapshot {

    private final MibTables tables;
    private final Snapshot snapshot;
    private final MibView whole;
    private final SortedMap<String, NeAccount> elements = new TreeMap<>();
    private final Map<String, MibView> views = new ConcurrentHashMap<>();

    OfSnapshot(MibTables tables, Snapshot snapshot) {
      this.tables = tables;
      this.snapshot = snapshot;
      this.whole = tables.view(snapshot);
      snapshot.nes().forEach(ne -> elements.put(ne.name(), ne));
    }

    Optional<MibView> ofElement(String name) {
      return Optional.ofNullable(elements.get(name))
          .map(ne -> views.computeIfAbsent(name, made -> tables.view(snapshot, ne)));
    }
  }

  /**
   * Views of these tables.
   *
   * @param snapshots the newest snapshot, never null
   */
  public SnapshotViews(MibTables tables, Supplier<Snapshot> snapshots) {
    this.tables = tables;
    this.snapshots = snapshots;
  }

  @Override
  public MibView defaultView() {
    return current().whole;
  }

  @Override
  public SortedSet<String> contexts() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(current().elements.keySet()));
  }

  @Override
  public Optional<MibView> view(String context) {
    OfSnapshot current = current();
    return context.equals(DEFAULT_CONTEXT)
        ? Optional.of(current.whole)
        : current.ofElement(context);
  }

  @SuppressWarnings("ReferenceEquality") // the same object, not an equal one
  private OfSnapshot current() {
    Snapshot snapshot = snapshots.get();
    OfSnapshot known = newest;
    if (known != null && known.snapshot == snapshot) {
      return known;
    }
    OfSnapshot made = new OfSnapshot(tables, snapshot);
    newest = made;
    return made;
  }
}
