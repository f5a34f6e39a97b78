package org.vcpuacct.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.Limit;
import org.vcpuacct.ledger.Tier;

/** Finds out which tiers a host allows, and what stands in the way of the others. */
public final class TierSelector {

  /**
   * What was found of one tier.
   *
   * @param obstacle why this host does not get the tier; empty if it does
   */
  public record Finding(Tier tier, Optional<Limit> obstacle) {}

  private final HostRoot host;
  private final List<Finding> findings = new ArrayList<>();
  private final List<AccountSource> sources = new ArrayList<>();

  /**
   * Tries every tier on the host.
   *
   * @param bestTier the best tier that the configuration allows
   */
  public TierSelector(HostRoot host, Tier bestTier) {
    this.host = host;
    ScratchBuffer buffer = new ScratchBuffer();
    findings.add(new Finding(Tier.EXACT, Optional.of(notInThisVersion())));
    findings.add(new Finding(Tier.COUNTED, tryCounted(bestTier, buffer)));
    findings.add(new Finding(Tier.SAMPLED, Optional.empty()));
    sources.add(new SampledSource(host, buffer));
  }

  /** One finding for each tier, best first. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** What keeps the host from the best tier that the configuration allows. */
  public List<Limit> limits() {
    return findings.stream()
        .filter(finding -> finding.tier() != Tier.EXACT)
        .flatMap(finding -> finding.obstacle().stream())
        .toList();
  }

  /** The sources of the tiers that the host allows. */
  public AccountSources sources() {
    return new AccountSources(host, sources);
  }

  private Optional<Limit> tryCounted(Tier bestTier, ScratchBuffer buffer) {
    if (bestTier.compareTo(Tier.COUNTED) > 0) {
      return Optional.of(
          new Limit(
              "the configuration allows no better tier than " + bestTier.label(),
              "exit counts are absent",
              "set best-tier = \"" + Tier.COUNTED.label() + "\""));
    }
    ExitCounterPlanner planner = new ExitCounterPlanner(host);
    Optional<Limit> obstacle = CountedSourceProbe.obstacle(host, planner);
    if (obstacle.isEmpty()) {
      sources.add(new CountedSource(host, buffer, planner));
    }
    return obstacle;
  }

  private static Limit notInThisVersion() {
    return new Limit(
        "this version has no ledger inside the kernel",
        "CPU time is split by clock ticks",
        "nothing to change on this host");
  }
}
