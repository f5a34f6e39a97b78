package org.vcpuacct.export.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ledger.Snapshots;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.mib.VcpuAcctMib;

class AlarmTableTest {

  private final Notification storm = RaisedAlarms.exitStorm(7);
  private final Notification late = RaisedAlarms.agentLate(8);
  private final Snapshot snapshot = new Snapshots().vm(3, "epc", Tier.EXACT, 1).build();

  private static Optional<String> get(MibView view, String column, long alarm) {
    return view.get(new OID(column + "." + alarm)).map(Variable::toString);
  }

  private MibView host(Notification... told) {
    return tables(told).view(snapshot);
  }

  private MibTables tables(Notification... told) {
    AlarmList list = AlarmList.empty(10).after(List.of(told));
    return new MibTables("1.0", 0, 0, () -> list);
  }

  @Test
  void theIndexIsTheNumberOfTheAlarm() {
    MibView view = host(storm, late);

    assertThat(get(view, VcpuAcctMib.VA_ALARM_MESSAGE, 7)).contains("message 7");
    assertThat(get(view, VcpuAcctMib.VA_ALARM_MESSAGE, 8)).contains("message 8");
    assertThat(get(view, VcpuAcctMib.VA_ALARM_MESSAGE, 9)).isEmpty();
  }

  @Test
  void theSubjectIsNamedAsInTheOtherTables() {
    MibView view = host(storm);

    assertThat(get(view, VcpuAcctMib.VA_ALARM_NE_INDEX, 7)).contains("3");
    assertThat(get(view, VcpuAcctMib.VA_ALARM_NE_NAME, 7)).contains("epc");
    assertThat(get(view, VcpuAcctMib.VA_ALARM_VM_INDEX, 7)).contains("4");
    assertThat(get(view, VcpuAcctMib.VA_ALARM_VM_NAME, 7)).contains("mme");
    assertThat(get(view, VcpuAcctMib.VA_ALARM_VCPU_INDEX, 7)).contains("3");
    assertThat(get(view, VcpuAcctMib.VA_ALARM_EXIT_CLASS, 7)).contains("4");
  }

  @Test
  void whatTheHostHasNotIsAbsent() {
    MibView view = host(late);

    assertThat(get(view, VcpuAcctMib.VA_ALARM_STATE, 8)).contains("1");
    assertThat(get(view, VcpuAcctMib.VA_ALARM_NE_INDEX, 8)).isEmpty();
    assertThat(get(view, VcpuAcctMib.VA_ALARM_CAUSE, 8)).isEmpty();
  }

  @Test
  void anAlarmThatIsOverShowsWhatClearedItAndWhenItWasRaised() {
    MibView view = host(storm, late, RaisedAlarms.cleared(9, storm));

    assertThat(get(view, VcpuAcctMib.VA_ALARM_STATE, 7)).contains("2");
    assertThat(get(view, VcpuAcctMib.VA_ALARM_RAISED_SEQUENCE, 7)).contains("7");
    assertThat(get(view, VcpuAcctMib.VA_ALARM_SEQUENCE, 7)).contains("9");
    assertThat(get(view, VcpuAcctMib.VA_ALARM_VALUE, 7)).contains("40000");
    assertThat(get(view, VcpuAcctMib.VA_ALARM_RAISED_DATE, 7))
        .isNotEqualTo(get(view, VcpuAcctMib.VA_ALARM_CHANGED_DATE, 7));
    assertThat(get(view, VcpuAcctMib.VA_ALARM_STATE, 8)).contains("1");
  }

  @Test
  void aNetworkElementHasItsOwnAlarmsOnly() {
    NeAccount epc = snapshot.nes().get(0);
    NeAccount other = new NeAccount(5, "other", 0, List.of(), Optional.empty());

    assertThat(get(tables(storm, late).view(snapshot, epc), VcpuAcctMib.VA_ALARM_STATE, 7))
        .contains("1");
    assertThat(get(tables(storm, late).view(snapshot, epc), VcpuAcctMib.VA_ALARM_STATE, 8))
        .isEmpty();
    assertThat(get(tables(storm, late).view(snapshot, other), VcpuAcctMib.VA_ALARM_STATE, 7))
        .isEmpty();
  }
}
