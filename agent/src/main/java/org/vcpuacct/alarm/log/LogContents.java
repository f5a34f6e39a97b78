package org.vcpuacct.alarm.log;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.vcpuacct.alarm.Notification;

/** What is on disk: which segments, which alarms are active, and the last notifications. */
final class LogContents {

  private final int recentLimit;
  private final ConcurrentNavigableMap<Long, Segment> segments = new ConcurrentSkipListMap<>();
  private final Map<Long, Notification> activeAlarms = new TreeMap<>();
  private final Deque<Notification> recent = new ArrayDeque<>();
  private long lastSequence;

  /**
   * Contents of an empty log.
   *
   * @param recentLimit how many of the last notifications are held in memory
   */
  LogContents(int recentLimit) {
    this.recentLimit = recentLimit;
  }

  void add(Segment segment) {
    segments.put(segment.firstSequence(), segment);
  }

  void remove(Segment segment) {
    segments.remove(segment.firstSequence());
  }

  Collection<Segment> segments() {
    return segments.values();
  }

  Optional<Segment> newest() {
    return Optional.ofNullable(segments.lastEntry()).map(Map.Entry::getValue);
  }

  /** The segment with this notification, or else the first behind it; empty if there is none. */
  Optional<Segment> with(long sequence) {
    return Optional.ofNullable(segments.floorEntry(sequence))
        .or(() -> Optional.ofNullable(segments.higherEntry(sequence)))
        .map(Map.Entry::getValue);
  }

  /** The segment behind this one, which may be gone already. */
  Optional<Segment> after(Segment segment) {
    return Optional.ofNullable(segments.higherEntry(segment.firstSequence()))
        .map(Map.Entry::getValue);
  }

  /** Numbers up to this one are not used again. */
  synchronized void use(long sequence) {
    lastSequence = Math.max(lastSequence, sequence);
  }

  /** This alarm was raised in an earlier segment and not cleared since. */
  synchronized void noteActive(Notification raised) {
    activeAlarms.put(raised.alarm(), raised);
  }

  /** This notification is on disk, behind all others. */
  synchronized void note(Notification notification) {
    use(notification.sequence());
    if (notification.raised()) {
      activeAlarms.put(notification.alarm(), notification);
    } else {
      activeAlarms.remove(notification.alarm());
    }
    recent.addLast(notification);
    if (recent.size() > recentLimit) {
      recent.removeFirst();
    }
    notifyAll();
  }

  /** The number of the last notification; 0 if there was none. */
  synchronized long lastSequence() {
    return lastSequence;
  }

  /** The notifications that raised the alarms that are active, oldest first. */
  synchronized List<Notification> activeAlarms() {
    return List.copyOf(activeAlarms.values());
  }

  /** What raised the alarms that are active, and the last notifications, oldest first. */
  synchronized List<Notification> known() {
    SortedMap<Long, Notification> known = new TreeMap<>();
    activeAlarms.values().forEach(raised -> known.put(raised.sequence(), raised));
    recent.forEach(notification -> known.put(notification.sequence(), notification));
    return List.copyOf(known.values());
  }

  /** The last notifications, oldest first. */
  synchronized List<Notification> recent() {
    return List.copyOf(recent);
  }

  /** Waits until there is a notification behind this number, or the time is over. */
  synchronized void await(long sequence, long limitMs) throws InterruptedException {
    long endNs = System.nanoTime() + limitMs * 1_000_000;
    for (long leftMs = limitMs; lastSequence <= sequence && leftMs > 0; ) {
      wait(leftMs);
      leftMs = (endNs - System.nanoTime()) / 1_000_000;
    }
  }
}
