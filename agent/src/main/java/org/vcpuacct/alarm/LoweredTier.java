package org.vcpuacct.alarm;

import org.vcpuacct.ledger.Tier;

/** Whether the host is measured with a lower tier than at best since the daemon started. */
final class LoweredTier implements Measure {

  private Tier best = Tier.SAMPLED;

  @Override
  public void observe(Observation seen, Figures figures) {
    Tier now = seen.snapshot().tier();
    if (now.compareTo(best) < 0) {
      best = now;
    }
    figures.known(Subject.HOST, now.compareTo(best) > 0 ? 1 : 0);
  }
}
