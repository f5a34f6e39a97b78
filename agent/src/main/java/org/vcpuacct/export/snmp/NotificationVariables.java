package org.vcpuacct.export.snmp;

import static org.vcpuacct.export.snmp.Variables.dateAndTime;
import static org.vcpuacct.export.snmp.Variables.integer;
import static org.vcpuacct.export.snmp.Variables.text;
import static org.vcpuacct.export.snmp.Variables.unsigned32;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_CAUSE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_CHANGED_DATE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_CONDITION;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_CONTRIBUTORS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_EXIT_CLASS;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_HELD_BACK;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_MESSAGE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_NE_INDEX;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_NE_NAME;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_RAISED_SEQUENCE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_SEQUENCE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_SEVERITY;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_THRESHOLD;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_UNIT;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_VALUE;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_VCPU_INDEX;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_VM_INDEX;
import static org.vcpuacct.mib.VcpuAcctMib.VA_ALARM_VM_NAME;

import java.util.ArrayList;
import java.util.List;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.Subject;
import org.vcpuacct.mib.VcpuAcctMib;

/** A notification as VCPU-ACCT-MIB has it. */
public final class NotificationVariables {

  private final OID instance;
  private final List<VariableBinding> objects = new ArrayList<>();

  private NotificationVariables(long alarm) {
    this.instance = new OID(new int[] {(int) alarm});
  }

  /** Which notification it is: the value of snmpTrapOID.0 (RFC 3418). */
  public static OID identity(Notification notification) {
    int condition = notification.condition().number();
    return new OID(
        notification.raised() ? VcpuAcctMib.raised(condition) : VcpuAcctMib.cleared(condition));
  }

  /** The objects that it carries, in the order of the MIB; what is absent is left out. */
  public static List<VariableBinding> objects(Notification notification) {
    NotificationVariables variables = new NotificationVariables(notification.alarm());
    variables.addIdentity(notification);
    variables.addSubject(notification.subject());
    variables.addFigures(notification);
    return List.copyOf(variables.objects);
  }

  private void addIdentity(Notification notification) {
    add(VA_ALARM_SEQUENCE, unsigned32(notification.sequence()));
    add(VA_ALARM_RAISED_SEQUENCE, unsigned32(notification.alarm()));
    add(VA_ALARM_CONDITION, integer(notification.condition().number()));
    add(VA_ALARM_SEVERITY, integer(notification.severity().number()));
  }

  private void addSubject(Subject subject) {
    subject.ne().ifPresent(ne -> add(VA_ALARM_NE_INDEX, integer(ne.index())));
    subject.ne().ifPresent(ne -> add(VA_ALARM_NE_NAME, text(ne.name())));
    subject.vm().ifPresent(vm -> add(VA_ALARM_VM_INDEX, integer(vm.index())));
    subject.vm().ifPresent(vm -> add(VA_ALARM_VM_NAME, text(vm.name())));
    subject.vcpu().ifPresent(id -> add(VA_ALARM_VCPU_INDEX, integer(VcpuTable.index(id))));
    subject.exitClass().ifPresent(type -> add(VA_ALARM_EXIT_CLASS, integer(type.number())));
  }

  private void addFigures(Notification notification) {
    add(VA_ALARM_VALUE, clamped(notification.value()));
    add(VA_ALARM_THRESHOLD, clamped(notification.threshold()));
    add(VA_ALARM_UNIT, text(notification.condition().unit().symbol()));
    add(VA_ALARM_CONTRIBUTORS, text(notification.contributors()));
    add(VA_ALARM_MESSAGE, text(notification.message()));
    add(VA_ALARM_HELD_BACK, unsigned32(notification.heldBack()));
    add(VA_ALARM_CHANGED_DATE, dateAndTime(notification.epochMillis()));
    notification.cause().ifPresent(cause -> add(VA_ALARM_CAUSE, integer(cause.number())));
  }

  private static Variable clamped(long value) {
    return integer((int) Math.max(Integer.MIN_VALUE, Math.min(value, Integer.MAX_VALUE)));
  }

  private void add(String column, Variable variable) {
    objects.add(new VariableBinding(new OID(column).append(instance), variable));
  }
}
