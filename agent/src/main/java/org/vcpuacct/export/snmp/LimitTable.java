package org.vcpuacct.export.snmp;

import static org.vcpuacct.export.snmp.Variables.text;
import static org.vcpuacct.mib.VcpuAcctMib.VA_LIMIT_CONSEQUENCE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_LIMIT_ENTRY;
import static org.vcpuacct.mib.VcpuAcctMib.VA_LIMIT_MEND;
import static org.vcpuacct.mib.VcpuAcctMib.VA_LIMIT_WHAT;

import java.util.List;
import java.util.stream.IntStream;
import org.vcpuacct.host.Limit;
import org.vcpuacct.ledger.Snapshot;

/** vaLimitTable. */
final class LimitTable {

  private LimitTable() {}

  static Table<Limit> table() {
    return Table.of(VA_LIMIT_ENTRY, LimitTable::rows)
        .column(VA_LIMIT_WHAT, limit -> text(limit.what()))
        .column(VA_LIMIT_CONSEQUENCE, limit -> text(limit.consequence()))
        .column(VA_LIMIT_MEND, limit -> text(limit.mend()))
        .build();
  }

  private static List<Row<Limit>> rows(Snapshot snapshot) {
    List<Limit> limits = snapshot.limits();
    return IntStream.range(0, limits.size())
        .mapToObj(i -> new Row<>(limits.get(i), i + 1))
        .toList();
  }
}
