package org.vcpuacct.export.metrics;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToIntFunction;
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
  private record Figures(
      Labels labels,
      NeAccount ne,
      Optional<NeChange> change,
      Optional<GuestComparison> comparison) {

    static Figures of(Accounts.Ne ne) {
      return new Figures(
          ne.labels(),
          ne.account(),
          NeChange.of(ne.account(), Window.ONE_MINUTE),
          GuestComparison.of(ne.account()));
    }
  }

  private final Exposition out;
  private final List<Figures> nes;

  private NeMetrics(Exposition out, List<Figures> nes) {
    this.out = out;
    this.nes = nes;
  }

  static void write(Exposition out, Accounts accounts) {
    NeMetrics metrics = new NeMetrics(out, accounts.nes().stream().map(Figures::of).toList());
    metrics.sizes();
    metrics.shares();
    metrics.guests();
    metrics.overload();
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

  private void shares() {
    out.family(TIME);
    for (Figures ne : nes) {
      ne.change()
          .ifPresent(
              change ->
                  ROLL_UPS.forEach(
                      (rollUp, label) -> out.ratio(ne.labels(), label, change.share(rollUp))));
    }
    ratios(LOAD, ne -> ne.change().map(NeChange::load));
    ratios(THREADS, ne -> ne.change().map(NeChange::threadShare).flatMap(NeMetrics::boxed));
    states(CAUSE, CAUSES, ne -> ne.change().map(NeChange::cause));
  }

  private void guests() {
    comparisons(GUEST_BUSY, GuestComparison::guestBusyShare);
    comparisons(GUEST_IDLE, GuestComparison::guestIdleShare);
    comparisons(GUEST_STEAL, GuestComparison::guestStealShare);
    comparisons(HIDDEN, GuestComparison::hiddenShare);
    comparisons(UNTOLD_CONTENTION, GuestComparison::untoldContentionShare);
  }

  private void overload() {
    ratios(OVERLOAD_LOAD, ne -> ne.ne().overload().map(to -> percent(to.load())));
    ratios(OVERLOAD_REDUCTION, ne -> ne.ne().overload().map(to -> percent(to.reduction())));
    states(OVERLOAD_LEVEL, LEVELS, ne -> ne.ne().overload().map(Overload::level));
  }

  private void comparisons(Family family, ToIntFunction<GuestComparison> share) {
    ratios(family, ne -> ne.comparison().map(share::applyAsInt));
  }

  private void ratios(Family family, Function<Figures, Optional<Integer>> share) {
    out.family(family);
    for (Figures ne : nes) {
      share.apply(ne).ifPresent(hundredths -> out.ratio(ne.labels(), Labels.NONE, hundredths));
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

  private static int percent(int percent) {
    return percent * HUNDREDTHS_IN_PERCENT;
  }

  private static Optional<Integer> boxed(OptionalInt share) {
    return share.stream().boxed().findFirst();
  }
}
