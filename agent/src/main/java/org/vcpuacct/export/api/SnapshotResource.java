package org.vcpuacct.export.api;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
 * The newest snapshot as JSON, of all network elements or of one, in full or in brief. Written once
 * however many ask for it, and by one thread at a time, so that many clients cost no more than one
 * core.
 */
public final class SnapshotResource implements Resource {

  /** Where it is served. */
  public static final String PATH = "/api/v1/snapshot";

  private static final String NE = "ne";
  private static final String DETAIL = "detail";
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final Supplier<Snapshot> snapshots;
  private final Supplier<AlarmList> alarms;
  private final SnapshotWriter writer;

  private final Map<Detail, Written> newest = new EnumMap<>(Detail.class);

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
    return Set.of(NE, DETAIL);
  }

  @Override
  public synchronized Answer answer(Query query) {
    String label = query.parameter(DETAIL).orElse(Detail.FULL.label());
    return Detail.of(label)
        .map(detail -> answer(query.parameter(NE), detail))
        .orElseGet(() -> JsonAnswers.error(BAD_REQUEST, noSuchDetail(label)));
  }

  private Answer answer(Optional<String> ne, Detail detail) {
    Snapshot snapshot = snapshots.get();
    List<Alarm> active = alarms.get().active();
    return ne.isPresent() ? one(ne.get(), detail, snapshot, active) : all(detail, snapshot, active);
  }

  private Answer all(Detail detail, Snapshot snapshot, List<Alarm> active) {
    Written written = newest.get(detail);
    if (written == null || !written.isOf(snapshot, active)) {
      Answer answer = JsonAnswers.of(json -> writer.write(json, detail, snapshot, active));
      written = new Written(snapshot.takenNs(), active, answer);
      newest.put(detail, written);
    }
    return written.answer();
  }

  private Answer one(String name, Detail detail, Snapshot snapshot, List<Alarm> active) {
    Optional<NeAccount> ne =
        snapshot.nes().stream().filter(account -> account.name().equals(name)).findFirst();
    if (ne.isEmpty()) {
      return JsonAnswers.error(NOT_FOUND, UnknownNe.now(name, snapshot.nes()));
    }
    List<Alarm> ofNe =
        active.stream().filter(alarm -> alarm.raised().subject().isOf(name)).toList();
    return JsonAnswers.of(json -> writer.write(json, detail, snapshot.only(ne.get()), ofNe));
  }

  private static String noSuchDetail(String label) {
    return DETAIL + " is not " + Detail.labels() + ": " + label;
  }
}
