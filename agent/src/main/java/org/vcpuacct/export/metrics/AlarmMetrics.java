package org.vcpuacct.export.metrics;

import org.vcpuacct.alarm.Alarm;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.Subject;

/** The alarms that are active. */
final class AlarmMetrics {

  private static final Family ACTIVE =
      Family.gauge(
          "vcpuacct_alarm_active", "An alarm that is active; it leaves when it is cleared.");

  private AlarmMetrics() {}

  static void write(Exposition out, AlarmList alarms) {
    out.family(ACTIVE);
    for (Alarm alarm : alarms.active()) {
      out.integer(labels(alarm.raised()), Labels.NONE, 1);
    }
  }

  /** With the number of the alarm, so that no two are one series whatever they are of. */
  private static Labels labels(Notification raised) {
    Labels labels =
        Labels.of("alarm", Long.toString(raised.alarm()))
            .and("condition", raised.condition().label())
            .and("severity", raised.severity().label());
    Subject subject = raised.subject();
    if (subject.ne().isPresent()) {
      labels = labels.and("ne", subject.ne().get().name());
    }
    if (subject.vm().isPresent()) {
      labels = labels.and("vm", subject.vm().get().name());
    }
    if (subject.vcpu().isPresent()) {
      labels = labels.and("vcpu", Integer.toString(subject.vcpu().getAsInt()));
    }
    return subject.exitClass().isPresent()
        ? labels.and("class", subject.exitClass().get().label())
        : labels;
  }
}
