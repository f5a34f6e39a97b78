package org.vcpuacct.alarm;

import java.time.Duration;
import java.util.List;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ne.NeChange;

/** How each condition is measured. */
final class Measures {

  private Measures() {}

  /**
   * A new measure of a condition.
   *
   * @param forgetAfter how long a VM that is gone is missed
   * @param alarmed the subjects for which an alarm is active from the start
   */
  static Measure of(Condition condition, Duration forgetAfter, List<Subject> alarmed) {
    return switch (condition) {
      case EFFECTIVE_LOAD -> ShareMeasures.ofElements(NeChange::load);
      case OVERHEAD -> ShareMeasures.ofElements(change -> change.share(RollUp.OVERHEAD));
      case CONTENTION -> ShareMeasures.ofElements(change -> change.share(RollUp.CONTENTION));
      case GUEST_DISAGREES -> GuestMeasures::disagreement;
      case GUEST_SILENT -> GuestMeasures::silence;
      case VM_GONE -> new GoneVms(forgetAfter, alarmed);
      case VCPU_CONTENTION -> ShareMeasures::contentionOfVcpus;
      case EXIT_STORM -> ExitStorms::observe;
      case SCHEDULING_LATENCY -> SchedulingLatencies::observe;
      case TIER_LOWERED -> new LoweredTier();
      case AGENT_LATE -> Measures::lateness;
      case NE_WITHOUT_VMS -> Measures::emptiness;
    };
  }

  private static void lateness(Observation seen, Figures figures) {
    long lateNs = seen.snapshot().agent().latenessNs();
    figures.known(Subject.HOST, Duration.ofNanos(lateNs).toMillis());
  }

  private static void emptiness(Observation seen, Figures figures) {
    seen.elements()
        .forEach(
            (subject, element) -> figures.known(subject, element.ne().vms().isEmpty() ? 1 : 0));
  }
}
