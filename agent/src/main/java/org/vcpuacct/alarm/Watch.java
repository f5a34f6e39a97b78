package org.vcpuacct.alarm;

import java.util.Optional;

/**
 * Watches one subject for one condition. What is told can lag behind what is: while it would be
 * told too often, an alarm that comes and goes stays raised. Not safe for use by two threads.
 */
final class Watch {

  private final Condition condition;
  private final Subject subject;
  private final Hysteresis hysteresis;
  private final NotificationLimit limit;
  private Optional<Notification> raised;
  private long lastFigure;
  private int turns;
  private long seenNs;

  private Watch(
      Condition condition, Subject subject, int maxPerMinute, Optional<Notification> raised) {
    this.condition = condition;
    this.subject = subject;
    this.hysteresis = new Hysteresis(raised.isPresent());
    this.limit = new NotificationLimit(maxPerMinute);
    this.raised = raised;
  }

  /** A watch over what no alarm is raised for. */
  static Watch begin(Condition condition, Subject subject, int maxPerMinute) {
    return new Watch(condition, subject, maxPerMinute, Optional.empty());
  }

  /** A watch that goes on after the alarm was raised. */
  static Watch goOn(Notification raised, int maxPerMinute) {
    Watch watch =
        new Watch(raised.condition(), raised.subject(), maxPerMinute, Optional.of(raised));
    watch.lastFigure = raised.value();
    return watch;
  }

  /** Allows another number of notifications in a minute. */
  void use(int maxPerMinute) {
    limit.use(maxPerMinute);
  }

  Condition condition() {
    return condition;
  }

  Subject subject() {
    return subject;
  }

  /** The figure that was known last, in the unit of the condition. */
  long lastFigure() {
    return lastFigure;
  }

  /** What raised the alarm; empty if none is active. */
  Optional<Notification> raised() {
    return raised;
  }

  /** Takes the newest figure. */
  Optional<Transition> see(long figure, AlarmPolicy policy, long nowNs) {
    seenNs = nowNs;
    lastFigure = figure;
    if (hysteresis.step(figure, policy, nowNs)) {
      turns++;
    }
    return due(policy, nowNs);
  }

  /** The subject is there and its figure is not known. */
  Optional<Transition> miss(AlarmPolicy policy, long nowNs) {
    seenNs = nowNs;
    hysteresis.miss();
    return due(policy, nowNs);
  }

  /** The subject is not there any more, or not watched: an alarm ends at once. */
  Optional<Transition> lose(AlarmPolicy policy) {
    return raised.map(was -> new Transition(this, Transition.Reason.LOST, policy, turns / 2));
  }

  private Optional<Transition> due(AlarmPolicy policy, long nowNs) {
    // A clear leaves room for the raise that may follow: better told too long than too short.
    int room = raised.isPresent() ? 2 : 1;
    if (hysteresis.holds() == raised.isPresent() || !limit.allows(room, nowNs)) {
      return Optional.empty();
    }
    limit.count(nowNs);
    int heldBack = turns / 2;
    turns = 0;
    Transition.Reason reason =
        hysteresis.holds() ? Transition.Reason.REACHED : Transition.Reason.FELL;
    return Optional.of(new Transition(this, reason, policy, heldBack));
  }

  /** Notes what was told of a transition. */
  void told(Notification notification) {
    raised = notification.raised() ? Optional.of(notification) : Optional.empty();
  }

  /** Whether the subject was told of at this instant. */
  boolean wasSeen(long nowNs) {
    return seenNs == nowNs;
  }

  /** Whether nothing is known that a new watch would not know. */
  boolean isOver(long nowNs) {
    return raised.isEmpty() && turns == 0 && hysteresis.isAtRest() && limit.isUnused(nowNs);
  }
}
