package org.vcpuacct.export.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.vcpuacct.alarm.Alarm;
import org.vcpuacct.alarm.Notification;
import org.vcpuacct.history.Period;
import org.vcpuacct.json.JsonWriter;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ledger.ThreadTimes;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.ne.GuestComparison;
import org.vcpuacct.ne.NeChange;
import org.vcpuacct.vm.ThreadKind;

/**
 * One network element over time, as columns: one value for each point of time, {@code null} where
 * nothing is known. What was never measured has no column.
 */
final class HistoryDocument {

  private static final double WHOLE = 10_000;
  private static final double MS_PER_SECOND = 1_000;

  private final String ne;
  private final List<Period> parts;
  private final List<Optional<NeAccount>> accounts;
  private final List<Optional<NeChange>> changes;

  /**
   * The document.
   *
   * @param parts the time shown, in parts of equal length
   */
  HistoryDocument(String ne, List<Period> parts) {
    this.ne = ne;
    this.parts = withGaps(parts);
    this.accounts = this.parts.stream().map(part -> part.ne(ne)).toList();
    this.changes =
        accounts.stream()
            .map(account -> account.flatMap(of -> NeChange.of(of, Window.LAST_INTERVAL)))
            .toList();
  }

  /** A part about which nothing is known, wherever the parts do not follow one another. */
  private static List<Period> withGaps(List<Period> parts) {
    List<Period> whole = new ArrayList<>();
    for (Period part : parts) {
      long endMillis =
          whole.isEmpty() ? part.fromEpochMillis() : whole.get(whole.size() - 1).toEpochMillis();
      if (part.fromEpochMillis() > endMillis) {
        whole.add(new Period(endMillis, part.fromEpochMillis(), List.of()));
      }
      whole.add(part);
    }
    return whole;
  }

  /**
   * Writes it.
   *
   * @param alarms those of the network element that were raised in the time shown
   */
  byte[] write(List<Alarm> alarms) {
    return JsonWriter.object(
        json -> {
          json.put("ne", ne);
          writeTimes(json);
          writeLines(json);
          writeExits(json);
          json.putColumn("load", ofChanges(change -> OptionalInt.of(change.load())));
          json.putColumn("reduction", reductions());
          writeGuest(json);
          writeThreads(json);
          writeHistograms(json, "exitDurations", HistoryDocument::exitDurations);
          writeHistograms(json, "schedulingLatency", Change::schedulingLatency);
          writeAlarms(json, alarms);
        });
  }

  private void writeTimes(JsonWriter json) {
    json.putColumn(
        "times",
        parts.stream().map(part -> Optional.of(part.toEpochMillis() / MS_PER_SECOND)).toList());
  }

  private void writeLines(JsonWriter json) {
    List<Line> known = Arrays.stream(Line.values()).filter(line -> isKnown(shares(line))).toList();
    json.putObjects(
        "lines",
        known,
        line -> {
          json.put("name", line.name());
          json.put("label", line.label());
          json.put("rollUp", line.rollUp().name().toLowerCase(Locale.ROOT));
          json.put("help", line.help());
          json.putColumn("share", shares(line));
        });
  }

  private List<Optional<Double>> shares(Line line) {
    return ofChanges(change -> change.share(line));
  }

  private void writeExits(JsonWriter json) {
    List<ExitClass> known =
        Arrays.stream(ExitClass.values()).filter(told -> isKnown(rates(told))).toList();
    json.putObjects(
        "exits",
        known,
        exitClass -> {
          json.put("name", exitClass.name());
          json.put("label", exitClass.label());
          json.put("help", exitClass.help());
          json.putColumn("perSecond", rates(exitClass));
          json.putColumn("share", ofChanges(change -> change.exitShare(exitClass)));
        });
  }

  private void writeGuest(JsonWriter json) {
    List<Optional<GuestComparison>> beside =
        accounts.stream().map(account -> account.flatMap(GuestComparison::of)).toList();
    if (beside.stream().anyMatch(Optional::isPresent)) {
      json.putObject(
          "guest",
          () -> {
            json.putColumn("busy", ofGuests(beside, GuestComparison::guestBusyShare));
            json.putColumn("steal", ofGuests(beside, GuestComparison::guestStealShare));
            json.putColumn("useful", ofGuests(beside, known -> known.hostShare(RollUp.USEFUL)));
            json.putColumn("hidden", ofGuests(beside, GuestComparison::hiddenShare));
          });
    }
  }

  private static List<Optional<Double>> ofGuests(
      List<Optional<GuestComparison>> beside, Function<GuestComparison, Integer> share) {
    return beside.stream().map(known -> known.map(share).map(value -> value / WHOLE)).toList();
  }

  private void writeThreads(JsonWriter json) {
    List<ThreadKind> known =
        Arrays.stream(ThreadKind.values()).filter(kind -> isKnown(shares(kind))).toList();
    json.putObjects(
        "threads",
        known,
        kind -> {
          json.put("kind", kind.label());
          json.putColumn("share", shares(kind));
        });
  }

  private List<Optional<Double>> shares(ThreadKind kind) {
    return accounts.stream().map(account -> account.flatMap(of -> share(of, kind))).toList();
  }

  /** CPU time of the threads beside the wall time of the vCPUs. */
  private static Optional<Double> share(NeAccount ne, ThreadKind kind) {
    List<ThreadTimes> times =
        ne.vms().stream()
            .flatMap(vm -> vm.threads().kinds().stream())
            .filter(account -> account.kind() == kind)
            .flatMap(account -> account.change(Window.LAST_INTERVAL).stream())
            .toList();
    long wallNs = changes(ne).stream().mapToLong(Change::wallNs).sum();
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

  private void writeHistograms(
      JsonWriter json, String name, Function<Change, Optional<Log2Histogram>> histogram) {
    List<Optional<List<Long>>> counts =
        accounts.stream()
            .map(
                account ->
                    account
                        .flatMap(of -> sum(changes(of).stream().map(histogram)))
                        .map(HistoryDocument::buckets))
            .toList();
    if (counts.stream().anyMatch(Optional::isPresent)) {
      json.putColumnOfArrays(name, counts);
    }
  }

  private static List<Long> buckets(Log2Histogram histogram) {
    return IntStream.range(0, Log2Histogram.BUCKETS).mapToObj(histogram::count).toList();
  }

  private static Optional<Log2Histogram> exitDurations(Change change) {
    return sum(Arrays.stream(ExitClass.values()).map(change::exitDurations));
  }

  private static Optional<Log2Histogram> sum(Stream<Optional<Log2Histogram>> histograms) {
    List<Log2Histogram> known = histograms.flatMap(Optional::stream).toList();
    return known.isEmpty() ? Optional.empty() : Optional.of(Log2Histogram.sum(known));
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

  private List<Optional<Double>> reductions() {
    return accounts.stream()
        .map(account -> account.flatMap(NeAccount::overload).map(Overload::reduction))
        .map(percent -> percent.map(value -> value / 100.0))
        .toList();
  }

  private List<Optional<Double>> rates(ExitClass exitClass) {
    return changes.stream()
        .map(
            change -> {
              OptionalLong rate =
                  change.map(known -> known.exitsPerSecond(exitClass)).orElse(OptionalLong.empty());
              return rate.isEmpty()
                  ? Optional.<Double>empty()
                  : Optional.of((double) rate.getAsLong());
            })
        .toList();
  }

  private List<Optional<Double>> ofChanges(Function<NeChange, OptionalInt> share) {
    return changes.stream()
        .map(
            change -> {
              OptionalInt known = change.map(share).orElse(OptionalInt.empty());
              return known.isEmpty()
                  ? Optional.<Double>empty()
                  : Optional.of(known.getAsInt() / WHOLE);
            })
        .toList();
  }

  private static boolean isKnown(List<Optional<Double>> column) {
    return column.stream().anyMatch(Optional::isPresent);
  }
}
