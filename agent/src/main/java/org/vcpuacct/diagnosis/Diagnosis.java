package org.vcpuacct.diagnosis;

import static org.vcpuacct.diagnosis.Evidence.percent;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.vcpuacct.history.Period;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.Line;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.ne.Contributor;
import org.vcpuacct.ne.GuestComparison;
import org.vcpuacct.ne.NeChange;
import org.vcpuacct.ne.NeFaults;
import org.vcpuacct.vm.Vm;

/**
 * Why a network element was loaded over a period: in words, each with the figure that says so.
 * Shares are of the wall time of its vCPUs together.
 */
public final class Diagnosis {

  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private static final int MAX_CHANGES = 5;
  private static final int MAX_CONTRIBUTORS = 5;

  /** A share that moved by less has not changed: hundredths of a percent. */
  private static final int NOTICEABLE_CHANGE = 100;

  private static final double HUNDREDTHS = 100;

  private final Period period;
  private final Optional<Period> earlier;
  private final NeAccount ne;
  private final ZoneId zone;
  private final List<String> lines = new ArrayList<>();

  /** A share, before and now. */
  private record Moved(String name, int before, int now) {

    int points() {
      return now - before;
    }
  }

  private Diagnosis(Period period, Optional<Period> earlier, NeAccount ne, ZoneId zone) {
    this.period = period;
    this.earlier = earlier;
    this.ne = ne;
    this.zone = zone;
  }

  /**
   * Explains a period.
   *
   * @param period the period in question
   * @param earlier the time before it, to compare with; empty if nothing is known of it
   * @param ne the network element's account in {@code period}
   * @param running the VMs of it that are running now, whose settings can be read
   * @param zone for the times that are named
   * @return lines of text, fit for a terminal
   */
  public static List<String> of(
      Period period,
      Optional<Period> earlier,
      NeAccount ne,
      List<Vm> running,
      HostRoot host,
      ZoneId zone) {
    Diagnosis diagnosis = new Diagnosis(period, earlier, ne, zone);
    diagnosis.explain(new HostSettings(host, running));
    return List.copyOf(diagnosis.lines);
  }

  private void explain(HostSettings settings) {
    addHeading();
    NeFaults.of(ne).forEach(fault -> add("Note: " + fault + "."));
    Optional<NeChange> now = NeChange.of(ne, Window.LAST_INTERVAL);
    if (now.isEmpty()) {
      add("Its vCPUs were not all measured over this time: nothing can be said of the whole.");
      return;
    }
    Optional<NeChange> before =
        earlier
            .flatMap(past -> past.ne(ne.name()))
            .flatMap(past -> NeChange.of(past, Window.LAST_INTERVAL));
    addLoad(now.get(), before);
    addRollUps(now.get(), before);
    before.ifPresent(past -> addChanges(now.get(), past));
    addContributors(now.get());
    GuestComparison.of(ne).ifPresent(this::addGuest);
    addCauses(Suspects.suspected(new Evidence(ne, now.get(), before, settings)));
  }

  private void add(String line) {
    lines.add(line);
  }

  private void addHeading() {
    add(
        "%s, %s to %s%s"
            .formatted(
                ne.name(),
                DAY_AND_TIME.format(at(period.fromEpochMillis())),
                TIME.format(at(period.toEpochMillis())),
                earlier
                    .map(
                        past ->
                            ", beside "
                                + TIME.format(at(past.fromEpochMillis()))
                                + " to "
                                + TIME.format(at(past.toEpochMillis())))
                    .orElse("; nothing is known of the time before")));
    add("");
  }

  private ZonedDateTime at(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).atZone(zone);
  }

  private void addLoad(NeChange now, Optional<NeChange> before) {
    add(
        "Effective load %s%s. Most of it is for: %s."
            .formatted(
                percent(now.load()),
                before.map(past -> " (" + percent(past.load()) + " before)").orElse(""),
                now.cause().label()));
    add("");
  }

  private void addRollUps(NeChange now, Optional<NeChange> before) {
    add("Where the time went%s".formatted(before.isPresent() ? "      now    before" : ""));
    for (RollUp rollUp : RollUp.values()) {
      add(
          "  %-16s %8s%s"
              .formatted(
                  rollUp.name().toLowerCase(Locale.ROOT),
                  percent(now.share(rollUp)),
                  before.map(past -> "  %8s".formatted(percent(past.share(rollUp)))).orElse("")));
    }
    add("");
  }

  private void addChanges(NeChange now, NeChange before) {
    List<Moved> moved = new ArrayList<>();
    for (Line line : Line.values()) {
      moved(line.name(), change -> change.share(line), before, now).ifPresent(moved::add);
    }
    for (ExitClass exitClass : ExitClass.values()) {
      moved(exitClass.name() + " exits", change -> change.exitShare(exitClass), before, now)
          .ifPresent(moved::add);
    }
    add(moved.isEmpty() ? "Nothing changed by a point or more." : "What changed most");
    moved.stream()
        .sorted(Comparator.comparingInt((Moved share) -> Math.abs(share.points())).reversed())
        .limit(MAX_CHANGES)
        .forEach(
            share ->
                add(
                    "  %s %+.1f points, from %s to %s"
                        .formatted(
                            share.name(),
                            share.points() / HUNDREDTHS,
                            percent(share.before()),
                            percent(share.now()))));
    add("");
  }

  private static Optional<Moved> moved(
      String name, Function<NeChange, OptionalInt> share, NeChange before, NeChange now) {
    OptionalInt past = share.apply(before);
    OptionalInt present = share.apply(now);
    return past.isPresent() && present.isPresent()
        ? Optional.of(new Moved(name, past.getAsInt(), present.getAsInt()))
            .filter(moved -> Math.abs(moved.points()) >= NOTICEABLE_CHANGE)
        : Optional.empty();
  }

  private void addContributors(NeChange now) {
    List<Contributor> contributors = now.contributors(MAX_CONTRIBUTORS);
    if (!contributors.isEmpty()) {
      add("Largest contributors besides the guests' own work");
      contributors.forEach(contributor -> add("  " + contributor));
      add("");
    }
  }

  private void addGuest(GuestComparison beside) {
    add("Guest beside host");
    add(
        "  The guests report %s busy and %s steal; useful to them were %s, %s is hidden from them."
            .formatted(
                percent(beside.guestBusyShare()),
                percent(beside.guestStealShare()),
                percent(beside.hostShare(RollUp.USEFUL)),
                percent(beside.hiddenShare())));
    add("");
  }

  private void addCauses(List<LikelyCause> causes) {
    if (causes.isEmpty()) {
      add("No cause on the host takes a percent or more: the load is the guests' own work.");
      return;
    }
    add("Likely causes, and the setting to look at (as it is now)");
    for (int i = 0; i < causes.size(); i++) {
      add("  %d. %s.".formatted(i + 1, causes.get(i).measured()));
      add("     Look at: %s.".formatted(causes.get(i).lookAt()));
    }
  }
}
