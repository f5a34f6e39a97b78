package org.vcpuacct.alarm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ne.NeChange;

/**
 * Raises and clears alarms, snapshot by snapshot. It knows no time but that of the snapshots. Not
 * safe for use by two threads.
 */
public final class AlarmMonitor {

  private final List<ConditionMonitor> monitors;
  private long sequence;

  /**
   * A monitor that goes on where another one has ended.
   *
   * @param active the notifications that raised the alarms which are active
   * @param lastSequence sequence number of the last notification of all; 0 if there was none
   */
  public AlarmMonitor(AlarmSettings settings, List<Notification> active, long lastSequence) {
    this.monitors =
        Arrays.stream(Condition.values())
            .map(condition -> new ConditionMonitor(condition, settings, of(condition, active)))
            .toList();
    this.sequence = lastSequence;
  }

  private static List<Notification> of(Condition condition, List<Notification> active) {
    return active.stream().filter(one -> one.condition() == condition).toList();
  }

  /**
   * Follows other settings from the next step on. Alarms that are active stay so until their figure
   * is below the other threshold; one of a condition that is not watched any more ends.
   */
  public void use(AlarmSettings settings) {
    monitors.forEach(monitor -> monitor.use(settings));
  }

  /** What has to be told of the newest snapshot, by ascending sequence number. */
  public List<Notification> step(Snapshot snapshot) {
    Observation seen = Observation.of(snapshot);
    List<Notification> told = new ArrayList<>();
    for (ConditionMonitor monitor : monitors) {
      for (Transition transition : monitor.step(seen)) {
        Notification notification = notification(transition, seen);
        transition.watch().told(notification);
        told.add(notification);
      }
    }
    return told;
  }

  private Notification notification(Transition transition, Observation seen) {
    Watch watch = transition.watch();
    sequence++;
    Optional<NeChange> change = seen.changeOf(watch.subject());
    String contributors = change.map(Wording::contributors).orElse("");
    return new Notification(
        sequence,
        seen.snapshot().takenEpochMillis(),
        transition.reason() == Transition.Reason.REACHED,
        watch.raised().map(Notification::alarm).orElse(sequence),
        watch.condition(),
        transition.policy().severity(),
        watch.subject(),
        watch.lastFigure(),
        transition.threshold(),
        transition.heldBack(),
        change.map(NeChange::cause),
        contributors,
        Wording.message(transition, change.map(NeChange::cause), contributors));
  }
}
