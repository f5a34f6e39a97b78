package org.vcpuacct.export.snmp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;
import org.vcpuacct.ledger.Snapshot;

/**
 * A conceptual table as declared: where it stands, its columns, and how its rows are found in a
 * snapshot. A group of scalars is a table with the one row 0.
 *
 * @param entry object identifier of the row object, or of the group of scalars
 * @param columns the columns by ascending number
 * @param rows the rows of a snapshot, in any order
 */
record Table<R>(OID entry, List<Column<R>> columns, Function<Snapshot, List<Row<R>>> rows) {

  static <R> Builder<R> of(String entry, Function<Snapshot, List<Row<R>>> rows) {
    return new Builder<>(new OID(entry), rows);
  }

  static Builder<Snapshot> scalarsOf(String group) {
    return of(group, snapshot -> List.of(new Row<>(snapshot, 0)));
  }

  /** The table's answers over one snapshot. */
  TableView<R> view(Snapshot snapshot) {
    return new TableView<>(this, snapshot);
  }

  /** Collects the columns of one table, in any order. */
  static final class Builder<R> {

    private final OID entry;
    private final Function<Snapshot, List<Row<R>>> rows;
    private final List<Column<R>> columns = new ArrayList<>();

    private Builder(OID entry, Function<Snapshot, List<Row<R>>> rows) {
      this.entry = entry;
      this.rows = rows;
    }

    /** A column that every row has, by its object identifier. */
    Builder<R> column(String oid, Function<R, Variable> variable) {
      return optionalColumn(oid, variable.andThen(Optional::of));
    }

    /** A column that is absent from some rows, by its object identifier. */
    Builder<R> optionalColumn(String oid, Function<R, Optional<Variable>> variable) {
      OID column = new OID(oid);
      if (!column.startsWith(entry) || column.size() != entry.size() + 1) {
        throw new IllegalArgumentException(oid + " is no column of " + entry);
      }
      return optionalColumn(column.last(), variable);
    }

    /** A column that is absent from some rows, by its number. */
    Builder<R> optionalColumn(int number, Function<R, Optional<Variable>> variable) {
      if (columns.stream().anyMatch(column -> column.number() == number)) {
        throw new IllegalArgumentException("second column " + number + " of " + entry);
      }
      columns.add(new Column<>(number, variable));
      return this;
    }

    Table<R> build() {
      List<Column<R>> sorted =
          columns.stream().sorted(Comparator.comparingInt(Column::number)).toList();
      return new Table<>(entry, sorted, rows);
    }
  }
}
