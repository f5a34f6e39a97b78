package org.vcpuacct.alarm;

import java.util.function.ToIntFunction;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.ne.NeChange;

/** Shares of the time of the last interval, in hundredths of a percent. */
final class ShareMeasures {

  private static final double HUNDREDTHS_OF_PERCENT = 10_000;

  private ShareMeasures() {}

  /** A share of the time of network elements that have VMs. */
  static Measure ofElements(ToIntFunction<NeChange> share) {
    return (seen, figures) ->
        seen.elements()
            .forEach(
                (subject, element) -> {
                  if (!element.ne().vms().isEmpty()) {
                    element
                        .change()
                        .ifPresentOrElse(
                            change -> figures.known(subject, share.applyAsInt(change)),
                            () -> figures.unknown(subject));
                  }
                });
  }

  /** The share in which a vCPU could run and the host did not let it. */
  static void contentionOfVcpus(Observation seen, Figures figures) {
    seen.forEachVcpu(
        (subject, vcpu) ->
            vcpu.change(Window.LAST_INTERVAL)
                .filter(change -> change.wallNs() > 0)
                .ifPresentOrElse(
                    change -> figures.known(subject, contention(change)),
                    () -> figures.unknown(subject)));
  }

  private static long contention(Change change) {
    return Math.round(change.ns(RollUp.CONTENTION) * HUNDREDTHS_OF_PERCENT / change.wallNs());
  }
}
