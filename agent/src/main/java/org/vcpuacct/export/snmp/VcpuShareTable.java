package org.vcpuacct.export.snmp;

import static org.vcpuacct.export.snmp.Variables.gauge;
import static org.vcpuacct.ledger.Window.FIVE_MINUTES;
import static org.vcpuacct.ledger.Window.LAST_INTERVAL;
import static org.vcpuacct.ledger.Window.ONE_MINUTE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_CPU_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_CPU_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_CPU_LAST;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_ENTRY;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_EXITS_PER_SECOND_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_EXITS_PER_SECOND_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_EXITS_PER_SECOND_LAST;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_LATENCY_P50_NS_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_LATENCY_P50_NS_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_LATENCY_P50_NS_LAST;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_LATENCY_P99_NS_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_LATENCY_P99_NS_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_LATENCY_P99_NS_LAST;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_LINE_1_MIN_BASE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_LINE_5_MIN_BASE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_LINE_LAST_BASE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_WAIT_1_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_WAIT_5_MIN;
import static org.vcpuacct.mib.VcpuAcctMib.VA_VCPU_SHARE_WAIT_LAST;

import java.util.Optional;
import java.util.function.Function;
import org.snmp4j.smi.Variable;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.Window;

/** vaVcpuShareTable. */
final class VcpuShareTable {

  private VcpuShareTable() {}

  static Table<VcpuAccount> table() {
    Table.Builder<VcpuAccount> table =
        Table.of(VA_VCPU_SHARE_ENTRY, VcpuTable::rows)
            .optionalColumn(VA_VCPU_SHARE_CPU_LAST, cpu(LAST_INTERVAL))
            .optionalColumn(VA_VCPU_SHARE_CPU_1_MIN, cpu(ONE_MINUTE))
            .optionalColumn(VA_VCPU_SHARE_CPU_5_MIN, cpu(FIVE_MINUTES))
            .optionalColumn(VA_VCPU_SHARE_WAIT_LAST, waiting(LAST_INTERVAL))
            .optionalColumn(VA_VCPU_SHARE_WAIT_1_MIN, waiting(ONE_MINUTE))
            .optionalColumn(VA_VCPU_SHARE_WAIT_5_MIN, waiting(FIVE_MINUTES))
            .optionalColumn(VA_VCPU_SHARE_EXITS_PER_SECOND_LAST, exits(LAST_INTERVAL))
            .optionalColumn(VA_VCPU_SHARE_EXITS_PER_SECOND_1_MIN, exits(ONE_MINUTE))
            .optionalColumn(VA_VCPU_SHARE_EXITS_PER_SECOND_5_MIN, exits(FIVE_MINUTES))
            .optionalColumn(VA_VCPU_SHARE_LATENCY_P50_NS_LAST, medianLatency(LAST_INTERVAL))
            .optionalColumn(VA_VCPU_SHARE_LATENCY_P50_NS_1_MIN, medianLatency(ONE_MINUTE))
            .optionalColumn(VA_VCPU_SHARE_LATENCY_P50_NS_5_MIN, medianLatency(FIVE_MINUTES))
            .optionalColumn(VA_VCPU_SHARE_LATENCY_P99_NS_LAST, p99Latency(LAST_INTERVAL))
            .optionalColumn(VA_VCPU_SHARE_LATENCY_P99_NS_1_MIN, p99Latency(ONE_MINUTE))
            .optionalColumn(VA_VCPU_SHARE_LATENCY_P99_NS_5_MIN, p99Latency(FIVE_MINUTES));
    for (Window window : Window.values()) {
      for (Line line : Line.values()) {
        table.optionalColumn(
            lineBase(window) + line.number(), over(window, change -> gauge(change.share(line))));
      }
    }
    return table.build();
  }

  private static int lineBase(Window window) {
    return switch (window) {
      case LAST_INTERVAL -> VA_VCPU_SHARE_LINE_LAST_BASE;
      case ONE_MINUTE -> VA_VCPU_SHARE_LINE_1_MIN_BASE;
      case FIVE_MINUTES -> VA_VCPU_SHARE_LINE_5_MIN_BASE;
    };
  }

  private static Function<VcpuAccount, Optional<Variable>> cpu(Window window) {
    return over(window, change -> gauge(change.cpuShare()));
  }

  private static Function<VcpuAccount, Optional<Variable>> waiting(Window window) {
    return over(window, change -> gauge(change.waitShare()));
  }

  private static Function<VcpuAccount, Optional<Variable>> exits(Window window) {
    return over(window, change -> gauge(change.exitsPerSecond()));
  }

  private static Function<VcpuAccount, Optional<Variable>> medianLatency(Window window) {
    return over(window, change -> change.schedulingLatency().flatMap(Variables::median));
  }

  private static Function<VcpuAccount, Optional<Variable>> p99Latency(Window window) {
    return over(window, change -> change.schedulingLatency().flatMap(Variables::p99));
  }

  private static Function<VcpuAccount, Optional<Variable>> over(
      Window window, Function<Change, Optional<Variable>> figure) {
    return vcpu -> vcpu.change(window).flatMap(figure);
  }
}
