package org.vcpuacct.export.snmp;

import java.util.function.Supplier;
import org.vcpuacct.ledger.Snapshot;

/** The view of the newest snapshot: the same view for as long as the snapshot is the same. */
final class CurrentView implements Supplier<MibView> {

  private final MibTables tables;
  private final Supplier<Snapshot> snapshots;
  private volatile MibView view;

  CurrentView(MibTables tables, Supplier<Snapshot> snapshots) {
    this.tables = tables;
    this.snapshots = snapshots;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the same object, not an equal one
  public MibView get() {
    Snapshot newest = snapshots.get();
    MibView known = view;
    if (known != null && known.snapshot() == newest) {
      return known;
    }
    MibView made = tables.view(newest);
    view = made;
    return made;
  }
}
