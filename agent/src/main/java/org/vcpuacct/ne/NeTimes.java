package org.vcpuacct.ne;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.vcpuacct.ledger.NeAccount;
import org.vcpuacct.ledger.RollUp;
import org.vcpuacct.ledger.Tier;
import org.vcpuacct.ledger.VcpuAccount;
import org.vcpuacct.ledger.VmAccount;

/** What a network element has used since its accounts were opened. Immutable. */
public final class NeTimes {

  private final NeAccount ne;
  private final List<VcpuAccount> vcpus;

  private NeTimes(NeAccount ne) {
    this.ne = ne;
    this.vcpus = ne.vms().stream().flatMap(vm -> vm.vcpus().stream()).toList();
  }

  /** What it has used; empty if it has no vCPU that is measured. */
  public static Optional<NeTimes> of(NeAccount ne) {
    return Optional.of(new NeTimes(ne)).filter(times -> !times.vcpus.isEmpty());
  }

  /** Wall time of all vCPUs together, ns. */
  public long wallNs() {
    return vcpus.stream().mapToLong(vcpu -> vcpu.reading().wallNs()).sum();
  }

  /** Time on the lines with this roll-up, ns. */
  public long ns(RollUp rollUp) {
    return vcpus.stream().mapToLong(vcpu -> vcpu.reading().lines().totalNs(rollUp)).sum();
  }

  /** CPU time of the threads that are not vCPUs', ns. */
  public long threadCpuNs() {
    return ne.vms().stream()
        .flatMap(vm -> vm.threads().kinds().stream())
        .mapToLong(kind -> kind.times().cpuNs())
        .sum();
  }

  /** The worst tier of a vCPU. */
  public Tier tier() {
    return vcpus.stream()
        .map(VcpuAccount::tier)
        .max(Comparator.comparingInt(Tier::number))
        .orElseThrow();
  }

  /** CLOCK_MONOTONIC since which all these are one series, ns. */
  public long sinceNs() {
    return LongStream.concat(
            LongStream.of(ne.sinceNs()),
            LongStream.concat(
                ne.vms().stream().mapToLong(VmAccount::sinceNs),
                vcpus.stream().mapToLong(VcpuAccount::sinceNs)))
        .max()
        .getAsLong();
  }
}
