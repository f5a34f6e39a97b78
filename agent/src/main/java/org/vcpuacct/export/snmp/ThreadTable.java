package org.vcpuacct.export.snmp;

import static org.vcpuacct.export.snmp.Variables.counter64;
import static org.vcpuacct.export.snmp.Variables.gauge;
import static org.vcpuacct.export.snmp.Variables.integer;
import static org.vcpuacct.export.snmp.Variables.text;
import static org.vcpuacct.ledger.Window.FIVE_MINUTES;
import static org.vcpuacct.ledger.Window.LAST_INTERVAL;
import static org.vcpuacct.ledger.Window.ONE_MINUTE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_THREAD_CPU_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_THREAD_CPU_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_THREAD_CPU_LAST;
import static org.vcpuacct.mib.VcpuAcctMib.VA_THREAD_CPU_NS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_THREAD_DISCONTINUITY_TIME;
import static org.vcpuacct.mib.VcpuAcctMib.VA_THREAD_ENTRY;
import static org.vcpuacct.mib.VcpuAcctMib.VA_THREAD_KIND;
import static org.vcpuacct.mib.VcpuAcctMib.VA_THREAD_NAME;
import static org.vcpuacct.mib.VcpuAcctMib.VA_THREAD_WAIT_NS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snmp4j.smi.Variable;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.ThreadAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;

/** vaThreadTable. */
final class ThreadTable {

  private ThreadTable() {}

  static Table<ThreadAccount> table(Uptime uptime) {
    return Table.of(VA_THREAD_ENTRY, ThreadTable::rows)
        .column(VA_THREAD_NAME, thread -> text(thread.name()))
        .column(VA_THREAD_KIND, thread -> integer(thread.kind().number()))
        .column(VA_THREAD_DISCONTINUITY_TIME, thread -> uptime.timeStamp(thread.sinceNs()))
        .column(VA_THREAD_CPU_NS, thread -> counter64(thread.times().cpuNs()))
        .column(VA_THREAD_WAIT_NS, thread -> counter64(thread.times().waitNs()))
        .optionalColumn(VA_THREAD_CPU_LAST, cpu(LAST_INTERVAL))
        .optionalColumn(VA_THREAD_CPU_1_MIN, cpu(ONE_MINUTE))
        .optionalColumn(VA_THREAD_CPU_5_MIN, cpu(FIVE_MINUTES))
        .build();
  }

  private static List<Row<ThreadAccount>> rows(Snapshot snapshot) {
    List<Row<ThreadAccount>> rows = new ArrayList<>();
    for (VmAccount vm : snapshot.vms()) {
      for (ThreadAccount thread : vm.threads().running()) {
        rows.add(new Row<>(thread, vm.index(), thread.threadId()));
      }
    }
    return rows;
  }

  private static Function<ThreadAccount, Optional<Variable>> cpu(Window window) {
    return thread -> thread.change(window).flatMap(times -> gauge(times.cpuShare()));
  }
}
