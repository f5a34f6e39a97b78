package org.vcpuacct.alarm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The alarms that are active, and the last ones that were. Immutable.
 *
 * @param active by ascending number
 * @param past in the order in which they were cleared
 * @param maxPast how many past ones are remembered
 */
public record AlarmList(List<Alarm> active, List<Alarm> past, int maxPast) {

  public AlarmList {
    active = List.copyOf(active);
    past = List.copyOf(past);
  }

  /** A list without an alarm. */
  public static AlarmList empty(int maxPast) {
    return new AlarmList(List.of(), List.of(), maxPast);
  }

  /** All of them, past ones first. */
  public List<Alarm> all() {
    return Stream.concat(past.stream(), active.stream()).toList();
  }

  /**
   * The list after these notifications. One that clears an alarm which is not active changes
   * nothing.
   */
  public AlarmList after(List<Notification> told) {
    Map<Long, Alarm> nowActive = new LinkedHashMap<>();
    active.forEach(alarm -> nowActive.put(alarm.number(), alarm));
    List<Alarm> nowPast = new ArrayList<>(past);
    for (Notification notification : told) {
      if (notification.raised()) {
        nowActive.put(notification.alarm(), new Alarm(notification, notification));
      } else if (nowActive.containsKey(notification.alarm())) {
        Alarm over = nowActive.remove(notification.alarm());
        nowPast.add(new Alarm(over.raised(), notification));
      }
    }
    return new AlarmList(List.copyOf(nowActive.values()), last(nowPast, maxPast), maxPast);
  }

  /** The same list, which remembers another number of past ones. */
  AlarmList remembering(int otherMaxPast) {
    return new AlarmList(active, last(past, otherMaxPast), otherMaxPast);
  }

  private static List<Alarm> last(List<Alarm> alarms, int most) {
    return alarms.subList(Math.max(0, alarms.size() - most), alarms.size());
  }
}
