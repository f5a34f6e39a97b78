package org.vcpuacct.export.api;

import org.vcpuacct.alarm.Alarm;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.Subject;
import org.vcpuacct.alarm.Unit;
import org.vcpuacct.json.JsonWriter;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.ExitClass;

/** Writes an alarm that is active. */
final class AlarmWriter {

  private final JsonWriter json;

  AlarmWriter(JsonWriter json) {
    this.json = json;
  }

  /** Writes the members of its object. */
  void write(Alarm alarm) {
    Notification raised = alarm.raised();
    json.put("number", alarm.number());
    json.put("condition", raised.condition().label());
    json.put("severity", raised.severity().label());
    json.put("text", raised.message());
    json.put("raisedEpochMillis", raised.epochMillis());
    writeSubject(raised.subject());
    json.put("cause", raised.cause().map(Cause::label));
    writeFigures(raised);
  }

  private void writeSubject(Subject subject) {
    json.put("ne", subject.ne().map(Subject.Ne::name));
    json.put("vm", subject.vm().map(Subject.Vm::name));
    json.put("vcpu", subject.vcpu());
    json.put("exitClass", subject.exitClass().map(ExitClass::label));
  }

  /** A state has no figures. */
  private void writeFigures(Notification raised) {
    Unit unit = raised.condition().unit();
    if (unit == Unit.HUNDREDTHS_OF_PERCENT) {
      json.putShare("value", (int) raised.value());
      json.putShare("threshold", (int) raised.threshold());
      json.put("unit", "ratio");
    } else if (unit != Unit.STATE) {
      json.put("value", raised.value());
      json.put("threshold", raised.threshold());
      json.put("unit", unit.symbol());
    }
  }
}
