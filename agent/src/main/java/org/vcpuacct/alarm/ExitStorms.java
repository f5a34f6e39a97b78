package org.vcpuacct.alarm;

import java.util.Optional;
import java.util.OptionalLong;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.ExitClass;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.Window;

/** Exits of one class of one vCPU a second, over the last interval. */
final class ExitStorms {

  private ExitStorms() {}

  static void observe(Observation seen, Figures figures) {
    seen.forEachVcpu((subject, vcpu) -> observe(subject, vcpu, figures));
  }

  private static void observe(Subject vcpu, VcpuAccount account, Figures figures) {
    Optional<Change> change = account.change(Window.LAST_INTERVAL);
    long ofAllClasses = change.map(Change::exitsPerSecond).orElse(OptionalLong.empty()).orElse(0);
    if (figures.needs(ofAllClasses)) {
      for (ExitClass exitClass : ExitClass.values()) {
        change
            .map(known -> known.exitsPerSecond(exitClass))
            .orElse(OptionalLong.empty())
            .ifPresentOrElse(
                perSecond -> figures.known(vcpu.of(exitClass), perSecond),
                () -> figures.unknown(vcpu.of(exitClass)));
      }
    }
  }
}
