package org.vcpuacct.diagnosis;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.vcpuacct.ledger.Change;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;
import org.vcpuacct.ledger.Window;
import org.vcpuacct.ne.NeChange;

/**
 * What is known of a network element when it is asked why.
 *
 * @param ne its accounts at the end of the period in question
 * @param now what it did in that period
 * @param before what it did in the time before; empty if that is not known
 * @param settings the settings of the host and of its VMs, as they are now
 */
record Evidence(NeAccount ne, NeChange now, Optional<NeChange> before, HostSettings settings) {

  private static final double HUNDREDTHS = 100;

  /** A vCPU, and how much of its time it is about. */
  private record Worst(VmAccount vm, VcpuAccount vcpu, int share) {}

  /** A share as a person reads it: {@code 23.1 %}. */
  static String percent(int share) {
    return String.format(Locale.ROOT, "%.1f %%", share / HUNDREDTHS);
  }

  /** {@code , 4.0 % before}; nothing if that is not known. */
  String againstBefore(Function<NeChange, OptionalInt> share) {
    return before
        .map(share)
        .filter(OptionalInt::isPresent)
        .map(known -> ", " + percent(known.getAsInt()) + " before")
        .orElse("");
  }

  /** {@code ; most on vCPU 1 of VM sgw-1, 56.4 %}; nothing if there is only one vCPU. */
  String worst(Function<Change, OptionalInt> share) {
    ToIntFunction<VcpuAccount> ofVcpu =
        vcpu -> vcpu.change(Window.LAST_INTERVAL).map(share).orElse(OptionalInt.empty()).orElse(0);
    return ne.vms().stream()
        .flatMap(vm -> vm.vcpus().stream().map(v -> new Worst(vm, v, ofVcpu.applyAsInt(v))))
        .max(Comparator.comparingInt(Worst::share))
        .filter(worst -> vcpus() > 1)
        .map(
            worst ->
                "; most on vCPU %d of VM %s, %s"
                    .formatted(
                        worst.vcpu().vcpu().id(), worst.vm().vm().name(), percent(worst.share())))
        .orElse("");
  }

  private long vcpus() {
    return ne.vms().stream().mapToLong(vm -> vm.vcpus().size()).sum();
  }
}
