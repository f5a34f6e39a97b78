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

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snmp4j.smi.Variable;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.Subject;

/**
 * What a notification carries, which is a column of vaAlarmTable too.
 *
 * @param column its name in VCPU-ACCT-MIB, as numbers
 * @param value of a notification; empty if it does not apply
 */
record NotificationObject(String column, Function<Notification, Optional<Variable>> value) {

  /** All of them, in the order of the MIB's notifications. */
  static final List<NotificationObject> ALL =
      List.of(
          object(VA_ALARM_SEQUENCE, told -> unsigned32(told.sequence())),
          object(VA_ALARM_RAISED_SEQUENCE, told -> unsigned32(told.alarm())),
          object(VA_ALARM_CONDITION, told -> integer(told.condition().number())),
          object(VA_ALARM_SEVERITY, told -> integer(told.severity().number())),
          subject(VA_ALARM_NE_INDEX, of -> of.ne().map(ne -> integer(ne.index()))),
          subject(VA_ALARM_NE_NAME, of -> of.ne().map(ne -> text(ne.name()))),
          subject(VA_ALARM_VM_INDEX, of -> of.vm().map(vm -> integer(vm.index()))),
          subject(VA_ALARM_VM_NAME, of -> of.vm().map(vm -> text(vm.name()))),
          subject(VA_ALARM_VCPU_INDEX, NotificationObject::vcpuIndex),
          subject(VA_ALARM_EXIT_CLASS, of -> of.exitClass().map(type -> integer(type.number()))),
          object(VA_ALARM_VALUE, told -> clamped(told.value())),
          object(VA_ALARM_THRESHOLD, told -> clamped(told.threshold())),
          object(VA_ALARM_UNIT, told -> text(told.condition().unit().symbol())),
          object(VA_ALARM_CONTRIBUTORS, told -> text(told.contributors())),
          object(VA_ALARM_MESSAGE, told -> text(told.message())),
          object(VA_ALARM_HELD_BACK, told -> unsigned32(told.heldBack())),
          object(VA_ALARM_CHANGED_DATE, told -> dateAndTime(told.epochMillis())),
          new NotificationObject(
              VA_ALARM_CAUSE, told -> told.cause().map(cause -> integer(cause.number()))));

  private static NotificationObject object(String column, Function<Notification, Variable> value) {
    return new NotificationObject(column, told -> Optional.of(value.apply(told)));
  }

  private static NotificationObject subject(
      String column, Function<Subject, Optional<Variable>> value) {
    return new NotificationObject(column, told -> value.apply(told.subject()));
  }

  private static Optional<Variable> vcpuIndex(Subject subject) {
    return subject.vcpu().isPresent()
        ? Optional.of(integer(VcpuTable.index(subject.vcpu().getAsInt())))
        : Optional.empty();
  }

  /** A figure that is beyond the range stands still at its end. */
  private static Variable clamped(long value) {
    return integer((int) Math.max(Integer.MIN_VALUE, Math.min(value, Integer.MAX_VALUE)));
  }
}
