package org.vcpuacct.export.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.vcpuacct.ledger.Cause;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.Overload;
import org.vcpuacct.ledger.OverloadLevel;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.ne.GuestComparison;
import org.vcpuacct.ne.NeChange;

/**
 * The families of network elements: what the daemon has worked out of the accounts. Shares are
 * those of the last minute, as a scrape comes much less often than a step.
 */
final class NeMetrics {

  private static final Family VMS =
      Family.gauge("vcpuacct_ne_vms", "VMs of a network element that run.");
  private static final Family VCPUS =
      Family.gauge("vcpuacct_ne_vcpus", "vCPUs of a network element that are measured.");
  private static final Family TIME =
      Family.gauge(
          "vcpuacct_ne_time_ratio",
          "What the time of all vCPUs went to in the last minute. The roll-ups sum to 1.");
  private static final Family LOAD =
      Family.gauge(
          "vcpuacct_ne_load_ratio",
          "Effective load in the last minute: the part of their time in which vCPUs were not idle.");
  private static final Family THREADS =
      Family.gauge(
          "vcpuacct_ne_thread_ratio",
          "CPU time of the threads that are not vCPUs in the last minute, by the vCPUs' wall time.");
  private static final Family CAUSE =
      Family.gauge(
          "vcpuacct_ne_cause", "What most of the load of the last minute was: 1 for the cause.");
  private static final Family GUEST_BUSY =
      Family.gauge("vcpuacct_ne_guest_busy_ratio", "What the guests count as their own work.");
  private static final Family GUEST_IDLE =
      Family.gauge("vcpuacct_ne_guest_idle_ratio", "What the guests count as idle.");
  private static final Family GUEST_STEAL =
      Family.gauge("vcpuacct_ne_guest_steal_ratio", "What the guests were told of as stolen.");
  private static final Family HIDDEN =
      Family.gauge(
          "vcpuacct_ne_hidden_ratio",
          "What the guests count as their own work and the host knows was none.");
  private static final Family UNTOLD_CONTENTION =
      Family.gauge(
          "vcpuacct_ne_untold_contention_ratio",
          "Contention that the guests were not told of as stolen time.");
  private static final Family OVERLOAD_LOAD =
      Family.gauge("vcpuacct_ne_overload_load_ratio", "Load as call processing is told.");
  private static final Family OVERLOAD_REDUCTION =
      Family.gauge(
          "vcpuacct_ne_overload_reduction_ratio",
          "Part of the new traffic that call processing is asked to turn away.");
  private static final Family OVERLOAD_LEVEL =
      Family.gauge("vcpuacct_ne_overload_level", "Level of overload: 1 for the one that holds.");

  private static final Map<RollUp, Labels> ROLL_UPS =
      LabelSets.of(RollUp.class, "rollup", LabelSets::lowerCase);
  private static final Map<Cause, Labels> CAUSES = LabelSets.of(Cause.class, "cause", Cause::label);
  private static final Map<OverloadLevel, Labels> LEVELS =
      LabelSets.of(OverloadLevel.class, "level", OverloadLevel::label);

  private static final int HUNDREDTHS_IN_PERCENT = 100;

  /**
   * A network element and what is computed of it, once for all families.
   *
   * @param change of the last minute; empty until that was observed for all vCPUs
   * @param comparison empty unless each of its guests can be compared
   */
  record Figures(
      Labels labels,
      NeAccount ne,
      Optional<NeChange> change,
      Optional<GuestComparison> comparison) {

    private static Figures of(Accounts.Ne ne) {
      return new Figures(
          ne.labels(),
          ne.account(),
          NeChange.of(ne.account(), Window.ONE_MINUTE),
          GuestComparison.of(ne.account()));
    }
  }

  /**
   * A part of a whole that is known of a network element.
   *
   * @param rollUp what time it is of; empty if it is the only one of its family
   * @param share in hundredths of a percent; empty if it is not known
   */
  record Ratio(Family family, Optional<RollUp> rollUp, Function<Figures, Optional<Integer>> share) {

    private Ratio(Family family, Function<Figures, Optional<Integer>> share) {
      this(family, Optional.empty(), share);
    }

    private static Ratio ofTime(RollUp rollUp) {
      return new Ratio(
          TIME, Optional.of(rollUp), ne -> ne.change().map(change -> change.share(rollUp)));
    }

    private static Ratio ofGuests(Family family, ToIntFunction<GuestComparison> share) {
      return new Ratio(family, ne -> ne.comparison().map(share::applyAsInt));
    }

    private static Ratio ofOverload(Family family, ToIntFunction<Overload> percent) {
      return new Ratio(
          family,
          ne -> ne.ne().overload().map(to -> percent.applyAsInt(to) * HUNDREDTHS_IN_PERCENT));
    }
  }

  /** All of them, those of a family one after the other. */
  static final List<Ratio> RATIOS =
      Stream.concat(
              Arrays.stream(RollUp.values()).map(Ratio::ofTime),
              Stream.of(
                  new Ratio(LOAD, ne -> ne.change().map(NeChange::load)),
                  new Ratio(
                      THREADS,
                      ne -> ne.change().map(NeChange::threadShare).flatMap(NeMetrics::boxed)),
                  Ratio.ofGuests(GUEST_BUSY, GuestComparison::guestBusyShare),
                  Ratio.ofGuests(GUEST_IDLE, GuestComparison::guestIdleShare),
                  Ratio.ofGuests(GUEST_STEAL, GuestComparison::guestStealShare),
                  Ratio.ofGuests(HIDDEN, GuestComparison::hiddenShare),
                  Ratio.ofGuests(UNTOLD_CONTENTION, GuestComparison::untoldContentionShare),
                  Ratio.ofOverload(OVERLOAD_LOAD, Overload::load),
                  Ratio.ofOverload(OVERLOAD_REDUCTION, Overload::reduction)))
          .toList();

  private final Exposition out;
  private final List<Figures> nes;

  private NeMetrics(Exposition out, List<Figures> nes) {
    this.out = out;
    this.nes = nes;
  }

  /** What is known of each network element. */
  static List<Figures> figures(Accounts accounts) {
    return accounts.nes().stream().map(Figures::of).toList();
  }

  static void write(Exposition out, Accounts accounts) {
    NeMetrics metrics = new NeMetrics(out, figures(accounts));
    metrics.sizes();
    metrics.ratios();
    metrics.states(CAUSE, CAUSES, ne -> ne.change().map(NeChange::cause));
    metrics.states(OVERLOAD_LEVEL, LEVELS, ne -> ne.ne().overload().map(Overload::level));
  }

  private void sizes() {
    out.family(VMS);
    nes.forEach(ne -> out.integer(ne.labels(), Labels.NONE, ne.ne().vms().size()));
    out.family(VCPUS);
    nes.forEach(ne -> out.integer(ne.labels(), Labels.NONE, measuredVcpus(ne.ne())));
  }

  private static int measuredVcpus(NeAccount ne) {
    return ne.vms().stream().mapToInt(vm -> vm.vcpus().size()).sum();
  }

  private void ratios() {
    Family family = null;
    for (Ratio ratio : RATIOS) {
      if (!ratio.family().equals(family)) {
        family = ratio.family();
        out.family(family);
      }
      Labels label = ratio.rollUp().map(ROLL_UPS::get).orElse(Labels.NONE);
      for (Figures ne : nes) {
        ratio.share().apply(ne).ifPresent(share -> out.ratio(ne.labels(), label, share));
      }
    }
  }

  private <E extends Enum<E>> void states(
      Family family, Map<E, Labels> states, Function<Figures, Optional<E>> state) {
    out.family(family);
    for (Figures ne : nes) {
      state
          .apply(ne)
          .ifPresent(
              holds ->
                  states.forEach(
                      (one, label) -> out.integer(ne.labels(), label, one == holds ? 1 : 0)));
    }
  }

  private static Optional<Integer> boxed(OptionalInt share) {
    return share.stream().boxed().findFirst();
  }
}
