package org.vcpuacct.export.snmp;

import java.util.List;
import java.util.Optional;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;
import org.vcpuacct.ledger.Snapshot;

/**
 * The whole tree over one snapshot: what a GET and a GETNEXT answer. It touches no socket, so any
 * SNMP agent or subagent can serve it. Safe for concurrent use.
 */
public final class MibView {

  private final Snapshot snapshot;
  private final List<? extends TableView<?>> tables;

  /**
   * The view of these tables over a snapshot.
   *
   * @param tables by ascending object identifier; none may hold an instance of another
   */
  MibView(List<Table<?>> tables, Snapshot snapshot) {
    this.snapshot = snapshot;
    this.tables = tables.stream().map(table -> table.view(snapshot)).toList();
  }

  /** The snapshot that this view shows. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /** The variable of an instance; empty if it is absent. */
  public Optional<Variable> get(OID instance) {
    for (TableView<?> table : tables) {
      Optional<Variable> variable = table.get(instance);
      if (variable.isPresent()) {
        return variable;
      }
    }
    return Optional.empty();
  }

  /**
   * The first instance strictly after an object identifier, in lexicographic order (RFC 3416
   * section 4.2.2); empty if there is none.
   */
  public Optional<VariableBinding> next(OID after) {
    for (TableView<?> table : tables) {
      Optional<VariableBinding> next = table.next(after);
      if (next.isPresent()) {
        return next;
      }
    }
    return Optional.empty();
  }

  /**
   * The first instance from an object identifier on; empty if there is none.
   *
   * @param included whether the instance of that very name counts
   */
  public Optional<VariableBinding> from(OID start, boolean included) {
    return included
        ? get(start).map(variable -> new VariableBinding(start, variable)).or(() -> next(start))
        : next(start);
  }
}
