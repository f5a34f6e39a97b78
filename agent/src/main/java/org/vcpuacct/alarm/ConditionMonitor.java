package org.vcpuacct.alarm;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Watches all subjects of one condition. Only those are kept whose figure has reached the threshold
 * not long ago. Not safe for use by two threads.
 */
final class ConditionMonitor {

  private final Condition condition;
  private AlarmSettings settings;
  private final Measure measure;
  private long leastRaise;
  private final Map<Subject, Watch> watches = new LinkedHashMap<>();

  /**
   * A monitor that goes on from alarms that are active.
   *
   * @param raised what raised them
   */
  ConditionMonitor(Condition condition, AlarmSettings settings, List<Notification> raised) {
    this.condition = condition;
    this.settings = settings;
    this.leastRaise = settings.leastRaise(condition);
    List<Subject> alarmed = raised.stream().map(Notification::subject).toList();
    this.measure = Measures.of(condition, settings.forgetAfter(), alarmed);
    raised.forEach(one -> watches.put(one.subject(), Watch.goOn(one, settings.maxPerMinute())));
  }

  /** Follows other settings from the next step on; what is watched stays so. */
  void use(AlarmSettings other) {
    settings = other;
    leastRaise = other.leastRaise(condition);
    measure.use(other);
    watches.values().forEach(watch -> watch.use(other.maxPerMinute()));
  }

  /** What is to be told at this instant. */
  List<Transition> step(Observation seen) {
    long nowNs = seen.snapshot().takenNs();
    Round round = new Round(nowNs);
    measure.observe(seen, round);
    Iterator<Watch> all = watches.values().iterator();
    while (all.hasNext()) {
      Watch watch = all.next();
      if (!watch.wasSeen(nowNs)) {
        watch.lose(settings.policyOf(condition, watch.subject())).ifPresent(round.due::add);
        all.remove();
      } else if (watch.isOver(nowNs)) {
        all.remove();
      }
    }
    return round.due;
  }

  /** One step. */
  private final class Round implements Figures {

    private final long nowNs;
    private final List<Transition> due = new ArrayList<>();

    Round(long nowNs) {
      this.nowNs = nowNs;
    }

    @Override
    public boolean needs(long figure) {
      return !watches.isEmpty() || figure >= leastRaise;
    }

    @Override
    public void known(Subject subject, long figure) {
      if (!needs(figure)) {
        return;
      }
      AlarmPolicy policy = settings.policyOf(condition, subject);
      Watch watch = watches.get(subject);
      if (watch == null && policy.enabled() && figure >= policy.raise()) {
        watch = Watch.begin(condition, subject, settings.maxPerMinute());
        watches.put(subject, watch);
      }
      if (watch != null && policy.enabled()) {
        add(watch.see(figure, policy, nowNs));
      }
    }

    @Override
    public void atLeast(Subject subject, long figure) {
      if (figure >= settings.policyOf(condition, subject).raise()) {
        known(subject, figure);
      } else {
        unknown(subject);
      }
    }

    @Override
    public void unknown(Subject subject) {
      Watch watch = watches.get(subject);
      if (watch != null) {
        AlarmPolicy policy = settings.policyOf(condition, subject);
        if (policy.enabled()) {
          add(watch.miss(policy, nowNs));
        }
      }
    }

    private void add(Optional<Transition> transition) {
      transition.ifPresent(due::add);
    }
  }
}
