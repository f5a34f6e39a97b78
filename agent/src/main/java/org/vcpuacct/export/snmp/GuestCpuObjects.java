package org.vcpuacct.export.snmp;

import static org.vcpuacct.export.snmp.Variables.counter32;
import static org.vcpuacct.export.snmp.Variables.integer;
import static org.vcpuacct.export.snmp.Variables.text;
import static org.vcpuacct.mib.VcpuAcctMib.SYSTEM_STATS;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.snmp4j.smi.Variable;
import org.vcpuacct.guest.GuestTime;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ne.GuestComparison;
import org.vcpuacct.ne.NeGuests;

/**
 * UCD-SNMP-MIB systemStats in the context of a network element: what snmpd would say if it ran on
 * one machine with the CPUs of all its guests. By the guests' own reports; absent where they make
 * none.
 */
final class GuestCpuObjects {

  /** ssCpuRaw* count ticks of USER_HZ. */
  private static final long NS_PER_TICK = 10_000_000;

  private static final int HUNDREDTHS = 100;

  private GuestCpuObjects() {}

  static Table<Snapshot> table() {
    return Table.scalarsOf(SYSTEM_STATS)
        .optionalColumn(1, guests(all -> Optional.of(integer(1))))
        .optionalColumn(2, guests(all -> Optional.of(text("systemStats"))))
        .optionalColumn(9, percent(GuestComparison::guestUserShare))
        .optionalColumn(10, percent(GuestComparison::guestSystemShare))
        .optionalColumn(11, percent(GuestComparison::guestIdleShare))
        .optionalColumn(50, ticks(GuestTime.USER))
        .optionalColumn(51, ticks(GuestTime.NICE))
        .optionalColumn(52, ticks(GuestTime.SYSTEM))
        .optionalColumn(53, ticks(GuestTime.IDLE))
        .optionalColumn(54, ticks(GuestTime.IOWAIT))
        .optionalColumn(56, ticks(GuestTime.IRQ))
        .optionalColumn(61, ticks(GuestTime.SOFTIRQ))
        .optionalColumn(64, ticks(GuestTime.STEAL))
        .optionalColumn(65, ticks(GuestTime.GUEST))
        .optionalColumn(66, ticks(GuestTime.GUEST_NICE))
        .optionalColumn(67, ofElement(ne -> Optional.of(integer(NeTable.vcpus(ne)))))
        .build();
  }

  private static Function<Snapshot, Optional<Variable>> ticks(GuestTime time) {
    return guests(
        all -> {
          OptionalLong ns = all.ns(time);
          return ns.isPresent()
              ? Optional.of(counter32(ns.getAsLong() / NS_PER_TICK))
              : Optional.empty();
        });
  }

  private static Function<Snapshot, Optional<Variable>> percent(
      ToIntFunction<GuestComparison> share) {
    return ofElement(
        ne ->
            GuestComparison.of(ne)
                .map(guest -> integer(Math.round((float) share.applyAsInt(guest) / HUNDREDTHS))));
  }

  private static Function<Snapshot, Optional<Variable>> guests(
      Function<NeGuests, Optional<Variable>> figure) {
    return ofElement(ne -> NeGuests.of(ne).filter(NeGuests::haveReported).flatMap(figure));
  }

  /** The snapshot of a context has one network element. */
  private static Function<Snapshot, Optional<Variable>> ofElement(
      Function<NeAccount, Optional<Variable>> figure) {
    return snapshot -> snapshot.nes().stream().findFirst().flatMap(figure);
  }
}
