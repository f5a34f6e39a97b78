package org.vcpuacct.alarm;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.Optional;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ne.Contributor;
import org.vcpuacct.ne.NeChange;

/** Says in words what has happened, for an operator. */
final class Wording {

  private static final int CONTRIBUTORS = 3;
  private static final double HUNDREDTHS = 100;

  private Wording() {}

  /** The largest takers of time of a network element. */
  static String contributors(NeChange change) {
    return change.contributors(CONTRIBUTORS).stream()
        .map(Contributor::toString)
        .collect(joining(", "));
  }

  /** One sentence. */
  static String message(Transition transition, Optional<Cause> cause, String contributors) {
    Watch watch = transition.watch();
    StringBuilder text = new StringBuilder(name(watch.subject())).append(": ");
    text.append(watch.condition().unit() == Unit.STATE ? state(transition) : figure(transition));
    if (transition.reason() == Transition.Reason.REACHED) {
      cause
          .filter(of -> of != Cause.NONE)
          .ifPresent(of -> text.append("; cause: ").append(of.label()));
      text.append(contributors.isEmpty() ? "" : "; largest: " + contributors);
    }
    if (transition.heldBack() > 0) {
      text.append("; not told in between: it came and went ");
      text.append(transition.heldBack() == 1 ? "once" : transition.heldBack() + " times");
    }
    return text.toString();
  }

  private static String figure(Transition transition) {
    Watch watch = transition.watch();
    Unit unit = watch.condition().unit();
    String what = what(watch.condition(), watch.subject());
    String figure = quantity(watch.lastFigure(), unit);
    String threshold = quantity(transition.threshold(), unit);
    return switch (transition.reason()) {
      case REACHED -> "%s %s, threshold %s".formatted(what, figure, threshold);
      case FELL -> "%s down to %s, threshold %s".formatted(what, figure, threshold);
      case LOST -> "%s is not watched any more, it was %s".formatted(what, figure);
    };
  }

  private static String what(Condition condition, Subject subject) {
    return switch (condition) {
      case EFFECTIVE_LOAD -> "effective load";
      case OVERHEAD -> "share of time that virtualisation takes";
      case CONTENTION, VCPU_CONTENTION -> "share of time that the host withholds";
      case GUEST_DISAGREES -> "share of time that guests take for work and was none";
      case GUEST_SILENT -> "time since the guest told its load";
      case EXIT_STORM ->
          "rate of " + subject.exitClass().map(ExitClass::name).orElseThrow() + " exits";
      case SCHEDULING_LATENCY -> "scheduling latency (99th percentile, upper bound)";
      case AGENT_LATE -> "lateness of the agent";
      case VM_GONE, TIER_LOWERED, NE_WITHOUT_VMS ->
          throw new IllegalArgumentException(condition + " has no figure");
    };
  }

  private static String state(Transition transition) {
    Condition condition = transition.watch().condition();
    return switch (condition) {
      case VM_GONE ->
          by(transition, "does not run any more", "runs again", "is not missed any more");
      case NE_WITHOUT_VMS ->
          by(transition, "none of its VMs runs", "has a VM again", "is not watched any more");
      case TIER_LOWERED ->
          by(
              transition,
              "is measured with a lower tier than before",
              "is not measured with a lower tier any more",
              "its tier is not watched any more");
      default -> throw new IllegalArgumentException(condition + " is no state");
    };
  }

  private static String by(Transition transition, String reached, String fell, String lost) {
    return switch (transition.reason()) {
      case REACHED -> reached;
      case FELL -> fell;
      case LOST -> lost;
    };
  }

  private static String quantity(long figure, Unit unit) {
    return unit == Unit.HUNDREDTHS_OF_PERCENT
        ? String.format(Locale.ROOT, "%.1f %%", figure / HUNDREDTHS)
        : figure + " " + unit.symbol();
  }

  private static String name(Subject subject) {
    if (subject.ne().isEmpty()) {
      return "This host";
    }
    String ne = "network element " + subject.ne().get().name();
    if (subject.vm().isEmpty()) {
      return "N" + ne.substring(1);
    }
    String vm = "VM " + subject.vm().get().name() + " of " + ne;
    return subject.vcpu().isPresent() ? "vCPU " + subject.vcpu().getAsInt() + " of " + vm : vm;
  }
}
