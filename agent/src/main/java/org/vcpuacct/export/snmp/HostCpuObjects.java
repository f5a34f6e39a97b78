package org.vcpuacct.export.snmp;

import static org.vcpuacct.export.snmp.Variables.counter32;
import static org.vcpuacct.export.snmp.Variables.integer;
import static org.vcpuacct.export.snmp.Variables.text;
import static org.vcpuacct.mib.VcpuAcctMib.SYSTEM_STATS;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.snmp4j.smi.Variable;
import org.vcpuacct.host.CpuStat;
import org.vcpuacct.ledger.Snapshot;

/**
 * The host's own CPU in UCD-SNMP-MIB systemStats: those objects that net-snmp's snmpd 5.9 on Linux
 * reads from /proc/stat, with its types and its mapping. ssCpuRawKernel, which it always reports as
 * zero, is absent here.
 */
final class HostCpuObjects {

  private HostCpuObjects() {}

  static Table<Snapshot> table() {
    return Table.scalarsOf(SYSTEM_STATS)
        .optionalColumn(1, ofHost(cpu -> integer(1)))
        .optionalColumn(2, ofHost(cpu -> text("systemStats")))
        .optionalColumn(50, counterOf(CpuStat::user))
        .optionalColumn(51, counterOf(CpuStat::nice))
        .optionalColumn(52, counterOf(CpuStat::system))
        .optionalColumn(53, counterOf(CpuStat::idle))
        .optionalColumn(54, counterOf(CpuStat::iowait))
        .optionalColumn(56, counterOf(CpuStat::irq))
        .optionalColumn(59, counterOf(CpuStat::interrupts))
        .optionalColumn(60, counterOf(CpuStat::contextSwitches))
        .optionalColumn(61, counterOf(CpuStat::softirq))
        .optionalColumn(64, counterOf(CpuStat::steal))
        .optionalColumn(65, counterOf(CpuStat::guest))
        .optionalColumn(66, counterOf(CpuStat::guestNice))
        .optionalColumn(67, ofHost(cpu -> integer(cpu.pcpus().size())))
        .build();
  }

  private static Function<Snapshot, Optional<Variable>> counterOf(ToLongFunction<CpuStat> figure) {
    return ofHost(cpu -> counter32(figure.applyAsLong(cpu)));
  }

  private static Function<Snapshot, Optional<Variable>> ofHost(
      Function<CpuStat, Variable> variable) {
    return snapshot -> snapshot.hostCpu().map(variable);
  }
}
