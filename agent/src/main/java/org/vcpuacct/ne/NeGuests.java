package org.vcpuacct.ne;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import org.vcpuacct.guest.GuestCpu;
import org.vcpuacct.guest.GuestLoad;
import org.vcpuacct.guest.GuestReport;
import org.vcpuacct.guest.GuestState;
import org.vcpuacct.guest.GuestTime;
import org.vcpuacct.guest.LoadAverages;
import org.vcpuacct.ledger.GuestView;
import org.vcpuacct.ledger.NeAccount;

/** What the guests of a network element say, together. Immutable. */
public final class NeGuests {

  /** From the best to the worst: what is not asked hides least. */
  private static final List<GuestState> BY_CONCERN =
      List.of(
          GuestState.OK,
          GuestState.NOT_CONFIGURED,
          GuestState.STALE,
          GuestState.REFUSED,
          GuestState.NOT_ANSWERING);

  private final List<GuestReport> reports;

  private NeGuests(List<GuestReport> reports) {
    this.reports = reports;
  }

  /** The guests of a network element; empty if it has none, or one that is not asked at all. */
  public static Optional<NeGuests> of(NeAccount ne) {
    List<GuestReport> reports =
        ne.vms().stream().flatMap(vm -> vm.guest().map(GuestView::report).stream()).toList();
    return reports.isEmpty() || reports.size() < ne.vms().size()
        ? Optional.empty()
        : Optional.of(new NeGuests(reports));
  }

  /** The worst state of a guest. */
  public GuestState state() {
    return reports.stream()
        .map(GuestReport::state)
        .max((a, b) -> Integer.compare(BY_CONCERN.indexOf(a), BY_CONCERN.indexOf(b)))
        .orElseThrow();
  }

  /** Whether all guests have told their load, however long ago. */
  public boolean haveReported() {
    return reports.stream().allMatch(report -> report.last().isPresent());
  }

  /** Age of the oldest of the guests' last reports, ns; empty until all have reported. */
  public OptionalLong ageNs() {
    return reports.stream().allMatch(report -> report.ageNs().isPresent())
        ? reports.stream().mapToLong(report -> report.ageNs().getAsLong()).max()
        : OptionalLong.empty();
  }

  /** A time of all CPUs of all guests since they booted, ns; empty until all have told it. */
  public OptionalLong ns(GuestTime time) {
    long ns = 0;
    for (GuestReport report : reports) {
      List<GuestCpu> cpus = report.last().map(GuestLoad::cpus).orElse(List.of());
      if (cpus.isEmpty() || cpus.stream().anyMatch(cpu -> cpu.ns(time).isEmpty())) {
        return OptionalLong.empty();
      }
      ns += cpus.stream().mapToLong(cpu -> cpu.ns(time).getAsLong()).sum();
    }
    return OptionalLong.of(ns);
  }

  /** A load average of all guests together; empty until all have told it. */
  public OptionalDouble load(ToDoubleFunction<LoadAverages> average) {
    List<LoadAverages> told =
        reports.stream()
            .flatMap(report -> report.last().flatMap(GuestLoad::loadAverages).stream())
            .toList();
    return told.size() < reports.size()
        ? OptionalDouble.empty()
        : OptionalDouble.of(told.stream().mapToDouble(average).sum());
  }
}
