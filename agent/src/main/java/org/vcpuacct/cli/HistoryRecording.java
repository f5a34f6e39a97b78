package org.vcpuacct.cli;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.alarm.NotificationSink;
import org.vcpuacct.history.HistorySettings;
import org.vcpuacct.history.Recorder;
import org.vcpuacct.ledger.Snapshot;

/** The history that the daemon keeps, unless the configuration asks for none. */
final class HistoryRecording implements NotificationSink, Closeable {

  private final Path stateDir;
  private volatile Optional<Recorder> recorder = Optional.empty();
  private final AtomicLong droppedBefore = new AtomicLong();

  /** A history that is not kept yet. */
  HistoryRecording(Path stateDir) {
    this.stateDir = stateDir;
  }

  /** Keeps as much as the settings say from now on. */
  void use(HistorySettings settings) {
    if (settings.length().isZero()) {
      close();
    } else if (recorder.isPresent()) {
      recorder.get().use(settings);
    } else {
      recorder = Optional.of(Recorder.start(stateDir, settings, System.currentTimeMillis()));
    }
  }

  void record(Snapshot snapshot) {
    recorder.ifPresent(to -> to.record(snapshot));
  }

  /** Steps that are missing from the history since the daemon began; empty if none is kept. */
  OptionalLong dropped() {
    return recorder
        .map(to -> OptionalLong.of(droppedBefore.get() + to.dropped()))
        .orElse(OptionalLong.empty());
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
    Optional<Recorder> ended = recorder;
    recorder = Optional.empty();
    ended.ifPresent(
        last -> {
          last.close();
          droppedBefore.addAndGet(last.dropped());
        });
  }
}
