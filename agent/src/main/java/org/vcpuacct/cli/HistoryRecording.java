package org.vcpuacct.cli;

import java.io.Closeable;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.NotificationSink;
import org.vcpuacct.config.Config;
import org.vcpuacct.history.Recorder;
import org.vcpuacct.ledger.Snapshot;

/** The history that the daemon keeps, unless the configuration asks for none. */
final class HistoryRecording implements NotificationSink, Closeable {

  private final Optional<Recorder> recorder;

  private HistoryRecording(Optional<Recorder> recorder) {
    this.recorder = recorder;
  }

  static HistoryRecording start(Config config) {
    return new HistoryRecording(
        config.history().length().isZero()
            ? Optional.empty()
            : Optional.of(
                Recorder.start(
                    config.agent().stateDir(), config.history(), System.currentTimeMillis())));
  }

  void record(Snapshot snapshot) {
    recorder.ifPresent(to -> to.record(snapshot));
  }

  /** Steps that are missing from the history since the daemon began; empty if none is kept. */
  Optional<LongSupplier> dropped() {
    return recorder.map(to -> to::dropped);
  }

  /** Keeps the time around alarms that are raised; those of one step share it. */
  @Override
  public void accept(List<Notification> told) {
    told.stream().filter(Notification::raised).findFirst().ifPresent(this::freeze);
  }

  private void freeze(Notification raised) {
    recorder.ifPresent(to -> to.freeze(raised.alarm(), raised.epochMillis(), raised.message()));
  }

  @Override
  public void close() {
    recorder.ifPresent(Recorder::close);
  }
}
