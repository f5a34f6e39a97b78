package org.vcpuacct.export.snmp;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.log.Cause;

/**
 * One table over one snapshot. Immutable to its users; safe for concurrent use.
 *
 * <p>Nothing is computed before it is asked for: the rows at the first request to the table, which
 * cells of a column are present at the first GETNEXT that reaches the column. From then on a step
 * costs a binary search.
 */
final class TableView<R> {

  private static final Logger LOG = LoggerFactory.getLogger(TableView.class);

  private final List<Column<R>> columns;
  private final int[] entry;
  private final Lazy<List<Row<R>>> rows;
  private final AtomicReferenceArray<BitSet> presentRows;

  TableView(Table<R> table, Snapshot snapshot) {
    this.columns = table.columns();
    this.entry = table.entry().toIntArray();
    this.rows = new Lazy<>(() -> table.rows().apply(snapshot).stream().sorted().toList());
    this.presentRows = new AtomicReferenceArray<>(columns.size());
  }

  /** The variable of this instance; empty if it is absent or not of this table. */
  Optional<Variable> get(OID instance) {
    int[] oid = instance.getValue();
    if (!isBelowEntry(oid)) {
      return Optional.empty();
    }
    int column = firstColumnFrom(oid);
    int row = firstRow(candidate -> candidate.compareToEnd(oid, indexOffset()) < 0);
    boolean found =
        isColumnOf(oid, column)
            && row < rows.get().size()
            && rows.get().get(row).compareToEnd(oid, indexOffset()) == 0;
    return found ? cell(column, row) : Optional.empty();
  }

  /** The first instance of this table after the object identifier, in lexicographic order. */
  Optional<VariableBinding> next(OID after) {
    int[] oid = after.getValue();
    if (!isBelowEntry(oid)) {
      return Arrays.compareUnsigned(oid, entry) <= 0 ? firstCell(0, 0) : Optional.empty();
    }
    int column = firstColumnFrom(oid);
    return isColumnOf(oid, column)
        ? firstCell(column, firstRow(row -> row.compareToEnd(oid, indexOffset()) <= 0))
        : firstCell(column, 0);
  }

  private boolean isBelowEntry(int[] oid) {
    return oid.length > entry.length && Arrays.equals(oid, 0, entry.length, entry, 0, entry.length);
  }

  private int indexOffset() {
    return entry.length + 1;
  }

  private int firstColumnFrom(int[] oid) {
    int number = oid[entry.length];
    return firstWhereNot(
        columns.size(), i -> Integer.compareUnsigned(columns.get(i).number(), number) < 0);
  }

  private boolean isColumnOf(int[] oid, int column) {
    return column < columns.size() && columns.get(column).number() == oid[entry.length];
  }

  private int firstRow(Predicate<Row<R>> isBefore) {
    List<Row<R>> sorted = rows.get();
    return firstWhereNot(sorted.size(), i -> isBefore.test(sorted.get(i)));
  }

  /** The first of {@code size} places where the predicate, once false always false, is false. */
  private static int firstWhereNot(int size, IntPredicate isBefore) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBefore.test(middle)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The first cell that is present from this one on, down the columns and from left to right. */
  private Optional<VariableBinding> firstCell(int firstColumn, int firstRow) {
    int fromRow = firstRow;
    for (int column = firstColumn; column < columns.size(); column++) {
      int row = presentRows(column).nextSetBit(fromRow);
      if (row >= 0) {
        OID instance = instance(column, row);
        return cell(column, row).map(variable -> new VariableBinding(instance, variable));
      }
      fromRow = 0;
    }
    return Optional.empty();
  }

  /** Two threads may compute the same answer at once; it is the same. */
  private BitSet presentRows(int column) {
    BitSet known = presentRows.get(column);
    if (known != null) {
      return known;
    }
    BitSet present = new BitSet(rows.get().size());
    for (int row = 0; row < rows.get().size(); row++) {
      present.set(row, cell(column, row).isPresent());
    }
    presentRows.set(column, present);
    return present;
  }

  /** A cell that cannot be made must not hide the others. */
  private Optional<Variable> cell(int column, int row) {
    try {
      return columns.get(column).variable().apply(rows.get().get(row).value());
    } catch (RuntimeException e) {
      OID instance = instance(column, row);
      LOG.atError()
          .setCause(e)
          .addKeyValue(Cause.KEY, instance.trim())
          .log("{} is left out: it cannot be made", instance);
      return Optional.empty();
    }
  }

  private OID instance(int column, int row) {
    Row<R> indexed = rows.get().get(row);
    int[] oid = Arrays.copyOf(entry, indexOffset() + indexed.indexLength());
    oid[entry.length] = columns.get(column).number();
    indexed.copyIndexTo(oid, indexOffset());
    return new OID(oid);
  }
}
