package org.vcpuacct.alarm;

import java.util.List;
import org.vcpuacct.ledger.Snapshot;

/** The alarms of the daemon: watches each snapshot, hands on what has to be told, and lists it. */
public final class Alarms {

  private final AlarmMonitor monitor;
  private final NotificationSink sink;
  private volatile AlarmList list;

  /**
   * Alarms that go on where they were when the daemon ended.
   *
   * @param known what is known of alarms from then, by ascending sequence number: at least what
   *     raised those that are active
   * @param lastSequence sequence number of the last notification of all; 0 if there was none
   */
  public Alarms(
      AlarmSettings settings, List<Notification> known, long lastSequence, NotificationSink sink) {
    this.list = AlarmList.empty(settings.history()).after(known);
    List<Notification> active = list.active().stream().map(Alarm::raised).toList();
    this.monitor = new AlarmMonitor(settings, active, lastSequence);
    this.sink = sink;
  }

  /** Follows other settings from the next snapshot on. Safe for use by any thread. */
  public synchronized void use(AlarmSettings settings) {
    monitor.use(settings);
    list = list.remembering(settings.history());
  }

  /** Watches the newest snapshot. To be called by one thread. */
  public synchronized void step(Snapshot snapshot) {
    List<Notification> told = monitor.step(snapshot);
    if (!told.isEmpty()) {
      list = list.after(told);
      sink.accept(told);
    }
  }

  /** The alarms as of the newest snapshot. Safe for use by any thread. */
  public AlarmList list() {
    return list;
  }
}
