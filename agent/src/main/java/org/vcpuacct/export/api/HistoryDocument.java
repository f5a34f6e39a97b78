package org.vcpuacct.export.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.vcpuacct.alarm.Alarm;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.history.History;
import org.vcpuacct.history.Period;
import org.vcpuacct.json.JsonWriter;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ledger.ThreadTimes;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.ne.GuestComparison;
import org.vcpuacct.ne.NeChange;
import org.vcpuacct.vm.ThreadKind;

/**
 * One network element over time, as columns: one value for each part of the time, {@code null}
 * where nothing is known. What was never measured has no column. Keeps the values of a part and not
 * its accounts.
 */
final class HistoryDocument {

  private static final double WHOLE = 10_000;
  private static final double PERCENT = 100;
  private static final double MS_PER_SECOND = 1_000;

  private final String ne;
  private final List<Optional<Double>> times = new ArrayList<>();
  private final Map<Line, Column> lines = new EnumMap<>(Line.class);
  private final Map<ExitClass, Column> exitRates = new EnumMap<>(ExitClass.class);
  private final Map<ExitClass, Column> exitShares = new EnumMap<>(ExitClass.class);
  private final Map<ThreadKind, Column> threads = new EnumMap<>(ThreadKind.class);
  private final Column load = new Column();
  private final Column reduction = new Column();
  private final Column guestBusy = new Column();
  private final Column guestSteal = new Column();
  private final Column useful = new Column();
  private final Column hidden = new Column();
  private final List<Optional<List<Long>>> exitDurations = new ArrayList<>();
  private final List<Optional<List<Long>>> schedulingLatency = new ArrayList<>();
  private long endMillis;

  /** The values of one figure. */
  private static final class Column {
    private final List<Optional<Double>> values = new ArrayList<>();
    private boolean known;

    void add(Optional<Double> value) {
      values.add(value);
      known |= value.isPresent();
    }

    void addShare(OptionalInt share) {
      add(share.isPresent() ? Optional.of(share.getAsInt() / WHOLE) : Optional.empty());
    }
  }

  /** A document without a part. */
  HistoryDocument(String ne) {
    this.ne = ne;
    Arrays.stream(Line.values()).forEach(line -> lines.put(line, new Column()));
    for (ExitClass exitClass : ExitClass.values()) {
      exitRates.put(exitClass, new Column());
      exitShares.put(exitClass, new Column());
    }
    Arrays.stream(ThreadKind.values()).forEach(kind -> threads.put(kind, new Column()));
  }

  /** Whether it has no part yet. */
  boolean isEmpty() {
    return times.isEmpty();
  }

  /** Adds the next part; about the time since the one before nothing is known. */
  void add(Period part) {
    if (!isEmpty() && part.fromEpochMillis() > endMillis) {
      add(part.fromEpochMillis(), Optional.empty());
    }
    add(part.toEpochMillis(), part.ne(ne));
  }

  private void add(long epochMillis, Optional<NeAccount> account) {
    endMillis = epochMillis;
    times.add(Optional.of(epochMillis / MS_PER_SECOND));
    addChange(account.flatMap(of -> NeChange.of(of, Window.LAST_INTERVAL)));
    addGuest(account.flatMap(GuestComparison::of));
    reduction.add(account.flatMap(NeAccount::overload).map(asked -> asked.reduction() / PERCENT));
    List<Change> changes = account.map(HistoryDocument::changes).orElse(List.of());
    threads.forEach((kind, column) -> column.add(account.flatMap(of -> share(of, kind, changes))));
    exitDurations.add(sum(changes.stream().flatMap(HistoryDocument::exitDurations)));
    schedulingLatency.add(sum(changes.stream().flatMap(of -> of.schedulingLatency().stream())));
  }

  private void addChange(Optional<NeChange> change) {
    load.add(change.map(of -> of.load() / WHOLE));
    lines.forEach((line, column) -> column.addShare(share(change, of -> of.share(line))));
    exitShares.forEach(
        (exitClass, column) -> column.addShare(share(change, of -> of.exitShare(exitClass))));
    exitRates.forEach(
        (exitClass, column) -> {
          OptionalLong rate =
              change.map(of -> of.exitsPerSecond(exitClass)).orElse(OptionalLong.empty());
          column.add(rate.isPresent() ? Optional.of((double) rate.getAsLong()) : Optional.empty());
        });
  }

  private static OptionalInt share(
      Optional<NeChange> change, Function<NeChange, OptionalInt> share) {
    return change.map(share).orElse(OptionalInt.empty());
  }

  private void addGuest(Optional<GuestComparison> beside) {
    guestBusy.add(beside.map(of -> of.guestBusyShare() / WHOLE));
    guestSteal.add(beside.map(of -> of.guestStealShare() / WHOLE));
    useful.add(beside.map(of -> of.hostShare(RollUp.USEFUL) / WHOLE));
    hidden.add(beside.map(of -> of.hiddenShare() / WHOLE));
  }

  /** CPU time of the threads beside the wall time of the vCPUs. */
  private static Optional<Double> share(NeAccount ne, ThreadKind kind, List<Change> vcpus) {
    List<ThreadTimes> times =
        ne.vms().stream()
            .flatMap(vm -> vm.threads().kinds().stream())
            .filter(account -> account.kind() == kind)
            .flatMap(account -> account.change(Window.LAST_INTERVAL).stream())
            .toList();
    long wallNs = vcpus.stream().mapToLong(Change::wallNs).sum();
    return times.isEmpty() || wallNs == 0
        ? Optional.empty()
        : Optional.of((double) times.stream().mapToLong(ThreadTimes::cpuNs).sum() / wallNs);
  }

  private static List<Change> changes(NeAccount ne) {
    return ne.vms().stream()
        .map(VmAccount::vcpus)
        .flatMap(List::stream)
        .flatMap(vcpu -> vcpu.change(Window.LAST_INTERVAL).stream())
        .toList();
  }

  private static Stream<Log2Histogram> exitDurations(Change change) {
    return Arrays.stream(ExitClass.values()).map(change::exitDurations).flatMap(Optional::stream);
  }

  /** How many there are in each bucket; empty without a histogram. */
  private static Optional<List<Long>> sum(Stream<Log2Histogram> histograms) {
    List<Log2Histogram> known = histograms.toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Log2Histogram sum = Log2Histogram.sum(known);
    return Optional.of(IntStream.range(0, Log2Histogram.BUCKETS).mapToObj(sum::count).toList());
  }

  /**
   * The document as JSON.
   *
   * @param alarms those of the network element that were active in the time shown
   */
  byte[] write(List<Alarm> alarms) {
    return JsonWriter.object(
        json -> {
          json.put("ne", ne);
          json.putColumn("times", times);
          writeLines(json);
          writeExits(json);
          json.putColumn("load", load.values);
          json.putColumn("reduction", reduction.values);
          writeGuest(json);
          writeThreads(json);
          json.put("histogramSeconds", History.DETAIL_SECONDS);
          writeHistograms(json, "exitDurations", exitDurations);
          writeHistograms(json, "schedulingLatency", schedulingLatency);
          writeAlarms(json, alarms);
        });
  }

  private static <K> List<K> known(Map<K, Column> columns) {
    return columns.keySet().stream().filter(key -> columns.get(key).known).toList();
  }

  private void writeLines(JsonWriter json) {
    json.putObjects(
        "lines",
        known(lines),
        line -> {
          json.put("name", line.name());
          json.put("label", line.label());
          json.put("rollUp", Labels.of(line.rollUp()));
          json.put("help", line.help());
          json.putColumn("share", lines.get(line).values);
        });
  }

  private void writeExits(JsonWriter json) {
    json.putObjects(
        "exits",
        known(exitRates),
        exitClass -> {
          json.put("name", exitClass.name());
          json.put("label", exitClass.label());
          json.put("help", exitClass.help());
          json.putColumn("perSecond", exitRates.get(exitClass).values);
          json.putColumn("share", exitShares.get(exitClass).values);
        });
  }

  private void writeGuest(JsonWriter json) {
    if (guestBusy.known) {
      json.putObject(
          "guest",
          () -> {
            json.putColumn("busy", guestBusy.values);
            json.putColumn("steal", guestSteal.values);
            json.putColumn("useful", useful.values);
            json.putColumn("hidden", hidden.values);
          });
    }
  }

  private void writeThreads(JsonWriter json) {
    json.putObjects(
        "threads",
        known(threads),
        kind -> {
          json.put("kind", kind.label());
          json.putColumn("share", threads.get(kind).values);
        });
  }

  private static void writeHistograms(
      JsonWriter json, String name, List<Optional<List<Long>>> counts) {
    if (counts.stream().anyMatch(Optional::isPresent)) {
      json.putColumnOfArrays(name, counts);
    }
  }

  private static void writeAlarms(JsonWriter json, List<Alarm> alarms) {
    json.putObjects(
        "alarms",
        alarms,
        alarm -> {
          json.put("at", seconds(alarm.raised()));
          if (!alarm.isActive()) {
            json.put("until", seconds(alarm.last()));
          }
          json.put("severity", alarm.raised().severity().label());
          json.put("text", alarm.raised().message());
        });
  }

  private static double seconds(Notification told) {
    return told.epochMillis() / MS_PER_SECOND;
  }
}
