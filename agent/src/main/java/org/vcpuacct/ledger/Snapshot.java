package org.vcpuacct.ledger;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.vcpuacct.host.CpuStat;
import org.vcpuacct.host.Limit;

/**
 * Everything that is known at one instant. Immutable; every exporter reads one of these and nothing
 * else.
 *
 * @param takenNs CLOCK_MONOTONIC at which it was taken, ns
 * @param takenEpochMillis the same instant as wall-clock time, ms since 1970
 * @param tier the best tier this host allows; each account carries its own
 * @param vms the VMs, by ascending index
 * @param nes the network elements, by ascending index; each VM is in one of them
 * @param hostCpu the host's CPU ticks; empty if they cannot be read
 * @param pcpus for what each of the host's CPUs was used, by ascending number; none if that cannot
 *     be read, or at the first step
 * @param agent what the daemon says of itself
 * @param limits what cannot be read on this host
 */
public record Snapshot(
    long takenNs,
    long takenEpochMillis,
    Tier tier,
    List<VmAccount> vms,
    List<NeAccount> nes,
    Optional<CpuStat> hostCpu,
    List<PcpuShares> pcpus,
    AgentStats agent,
    List<Limit> limits) {

  public Snapshot {
    vms = vms.stream().sorted(Comparator.comparingInt(VmAccount::index)).toList();
    nes = nes.stream().sorted(Comparator.comparingInt(NeAccount::index)).toList();
    pcpus = List.copyOf(pcpus);
    limits = List.copyOf(limits);
  }

  /** The same instant, with nothing but this network element: the host's CPU is not its. */
  public Snapshot only(NeAccount ne) {
    return new Snapshot(
        takenNs,
        takenEpochMillis,
        tier,
        ne.vms(),
        List.of(ne),
        Optional.empty(),
        List.of(),
        agent,
        limits);
  }
}
