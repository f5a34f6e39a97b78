package org.vcpuacct.export.snmp;

import java.util.List;
import java.util.Optional;
import org.vcpuacct.alarm.Condition;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.Severity;
import org.vcpuacct.alarm.Subject;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.ExitClass;

/** Notifications for tests, and which objects say what one is of. */
final class RaisedAlarms {

  static final List<String> OBJECTS_OF_SUBJECTS =
      List.of(
          "vaAlarmNeIndex",
          "vaAlarmNeName",
          "vaAlarmVmIndex",
          "vaAlarmVmName",
          "vaAlarmVcpuIndex",
          "vaAlarmExitClass");

  private RaisedAlarms() {}

  /** Those objects that say what a condition of this scope is of. */
  static List<String> objectsOf(Condition.Scope scope) {
    int count =
        switch (scope) {
          case HOST -> 0;
          case NE -> 2;
          case VM -> 4;
          case VCPU -> 5;
          case EXIT_CLASS -> 6;
        };
    return OBJECTS_OF_SUBJECTS.subList(0, count);
  }

  /** An exit storm of vCPU 2 of VM 4, in network element 3. */
  static Notification exitStorm(long sequence) {
    Subject subject =
        Subject.of(new Subject.Ne(3, "epc"))
            .of(new Subject.Vm(4, "mme"))
            .ofVcpu(2)
            .of(ExitClass.MSR_TIMER);
    return of(sequence, Condition.EXIT_STORM, subject, Optional.of(Cause.OVERHEAD));
  }

  /** That the daemon is late. */
  static Notification agentLate(long sequence) {
    return of(sequence, Condition.AGENT_LATE, Subject.HOST, Optional.empty());
  }

  private static Notification of(
      long sequence, Condition condition, Subject subject, Optional<Cause> cause) {
    return new Notification(
        sequence,
        1_700_000_000_000L,
        true,
        sequence,
        condition,
        Severity.MINOR,
        subject,
        150_000,
        100_000,
        2,
        cause,
        "MSR_TIMER exits 23.1 %",
        "message " + sequence);
  }

  /** That what this notification raised is over, a second later. */
  static Notification cleared(long sequence, Notification raised) {
    return new Notification(
        sequence,
        raised.epochMillis() + 1_000,
        false,
        raised.alarm(),
        raised.condition(),
        raised.severity(),
        raised.subject(),
        40_000,
        50_000,
        0,
        raised.cause(),
        "",
        "message " + sequence);
  }
}
