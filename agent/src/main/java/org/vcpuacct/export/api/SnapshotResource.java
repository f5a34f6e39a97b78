package org.vcpuacct.export.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.vcpuacct.alarm.Alarm;
import org.vcpuacct.alarm.AlarmList;
import org.vcpuacct.export.http.Answer;
import org.vcpuacct.export.http.Query;
import org.vcpuacct.export.http.Resource;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.ne.UnknownNe;

/**
 * The newest snapshot as JSON, of all network elements or of one. Written once however many ask for
 * it, and by one thread at a time, so that many clients cost no more than one core.
 */
public final class SnapshotResource implements Resource {

  /** Where it is served. */
  public static final String PATH = "/api/v1/snapshot";

  private static final String NE = "ne";
  private static final int NOT_FOUND = 404;

  private final Supplier<Snapshot> snapshots;
  private final Supplier<AlarmList> alarms;
  private final SnapshotWriter writer;

  private Optional<Written> newest = Optional.empty();

  /** What was written, and of what. */
  private record Written(long takenNs, List<Alarm> alarms, Answer answer) {

    boolean isOf(Snapshot snapshot, List<Alarm> active) {
      return takenNs == snapshot.takenNs() && alarms.equals(active);
    }
  }

  /**
   * The resource of one daemon.
   *
   * @param snapshots the newest snapshot, never null
   * @param alarms the newest list of alarms, never null
   */
  public SnapshotResource(
      Supplier<Snapshot> snapshots, Supplier<AlarmList> alarms, SnapshotWriter writer) {
    this.snapshots = snapshots;
    this.alarms = alarms;
    this.writer = writer;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Set<String> parameters() {
    return Set.of(NE);
  }

  @Override
  public synchronized Answer answer(Query query) {
    Snapshot snapshot = snapshots.get();
    List<Alarm> active = alarms.get().active();
    Optional<String> ne = query.parameter(NE);
    return ne.isPresent() ? one(ne.get(), snapshot, active) : all(snapshot, active);
  }

  private Answer all(Snapshot snapshot, List<Alarm> active) {
    if (newest.isEmpty() || !newest.get().isOf(snapshot, active)) {
      Answer answer = JsonAnswers.of(json -> writer.write(json, snapshot, active));
      newest = Optional.of(new Written(snapshot.takenNs(), active, answer));
    }
    return newest.get().answer();
  }

  private Answer one(String name, Snapshot snapshot, List<Alarm> active) {
    Optional<NeAccount> ne =
        snapshot.nes().stream().filter(account -> account.name().equals(name)).findFirst();
    if (ne.isEmpty()) {
      return JsonAnswers.error(NOT_FOUND, UnknownNe.now(name, snapshot.nes()));
    }
    List<Alarm> ofNe =
        active.stream().filter(alarm -> alarm.raised().subject().isOf(name)).toList();
    return JsonAnswers.of(json -> writer.write(json, snapshot.only(ne.get()), ofNe));
  }
}
