package org.vcpuacct.alarm;

import org.vcpuacct.guest.GuestReport;
import org.vcpuacct.guest.GuestState;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ne.GuestComparison;

/** What guests say of themselves, and whether they do. */
final class GuestMeasures {

  private static final long NS_PER_SECOND = 1_000_000_000;

  private GuestMeasures() {}

  /** What guests take for their own work and the host knows was none, as vaNeHidden. */
  static void disagreement(Observation seen, Figures figures) {
    seen.elements()
        .forEach(
            (subject, element) -> {
              if (!element.ne().vms().isEmpty()) {
                GuestComparison.of(element.ne())
                    .ifPresentOrElse(
                        both -> figures.known(subject, both.hiddenShare()),
                        () -> figures.unknown(subject));
              }
            });
  }

  /** For how many seconds a guest that is asked has not told its load. */
  static void silence(Observation seen, Figures figures) {
    seen.forEachVm(
        (subject, vm) ->
            vm.guest()
                .map(guest -> guest.report())
                .filter(report -> report.state() != GuestState.NOT_CONFIGURED)
                .ifPresent(
                    report ->
                        report
                            .ageNs()
                            .ifPresentOrElse(
                                ageNs -> figures.known(subject, ageNs / NS_PER_SECOND),
                                () -> neverTold(seen, subject, vm, report, figures))));
  }

  /** Since when is only known as of the start of the daemon, or of the VM. */
  private static void neverTold(
      Observation seen, Subject subject, VmAccount vm, GuestReport report, Figures figures) {
    if (report.state() == GuestState.NOT_ANSWERING || report.state() == GuestState.REFUSED) {
      long knownNs = seen.snapshot().takenNs() - vm.sinceNs();
      figures.atLeast(subject, knownNs / NS_PER_SECOND);
    } else {
      figures.unknown(subject);
    }
  }
}
