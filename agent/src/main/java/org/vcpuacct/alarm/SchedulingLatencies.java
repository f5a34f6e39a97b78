package org.vcpuacct.alarm;

import org.vcpuacct.ledger.Log2Histogram;
import org.vcpuacct.ledger.Window;

/**
 * 99th percentile of the time from woken to running of one vCPU over the last minute: the upper end
 * of a bucket of the histogram, so up to twice the true figure. A vCPU that was not woken in that
 * minute was not late.
 */
final class SchedulingLatencies {

  private static final double P99 = 0.99;
  private static final long NS_PER_MICROSECOND = 1_000;

  private SchedulingLatencies() {}

  static void observe(Observation seen, Figures figures) {
    seen.forEachVcpu(
        (subject, vcpu) ->
            vcpu.change(Window.ONE_MINUTE)
                .flatMap(change -> change.schedulingLatency())
                .ifPresentOrElse(
                    latency -> figures.known(subject, microseconds(latency)),
                    () -> figures.unknown(subject)));
  }

  private static long microseconds(Log2Histogram latency) {
    return latency.percentileNs(P99).orElse(0) / NS_PER_MICROSECOND;
  }
}
