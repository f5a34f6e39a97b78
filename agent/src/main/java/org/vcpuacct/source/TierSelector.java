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
  private final Tier bestTier;
  private final List<Finding> findings = new ArrayList<>();
  private final List<AccountSource> sources = new ArrayList<>();
  private final Optional<ExactSource> exact;

  /**
   * Tries every tier on the host. The best one starts to measure at once.
   *
   * @param bestTier the best tier that the configuration allows
   */
  public TierSelector(HostRoot host, Tier bestTier) {
    this.host = host;
    this.bestTier = bestTier;
    ScratchBuffer buffer = new ScratchBuffer();
    this.exact = tryExact();
    tryCounted(buffer);
    note(Tier.SAMPLED, new SampledSource(host, buffer));
  }

  /** One finding for each tier, best first. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /**
   * What keeps the host from a better tier than it gets; empty if it gets the best that the
   * configuration allows.
   */
  public List<Limit> limits() {
    return findings.stream()
        .filter(finding -> finding.tier().compareTo(bestTier) >= 0)
        .takeWhile(finding -> finding.obstacle().isPresent())
        .flatMap(finding -> finding.obstacle().stream())
        .toList();
  }

  /** The sources of the tiers that the host allows. */
  public AccountSources sources() {
    return new AccountSources(host, sources);
  }

  /** The best tier that the host gets. */
  public Tier tier() {
    return sources.get(0).tier();
  }

  /** The ledger inside the kernel; empty if the host does not get that tier. */
  public Optional<ExactSource> exact() {
    return exact;
  }

  private Optional<ExactSource> tryExact() {
    if (isForbidden(Tier.EXACT)) {
      return Optional.empty();
    }
    ExactSourceLoader.Outcome outcome = new ExactSourceLoader(host).load();
    outcome.source().ifPresent(source -> note(Tier.EXACT, source));
    outcome.obstacle().ifPresent(obstacle -> note(Tier.EXACT, obstacle));
    return outcome.source();
  }

  private void tryCounted(ScratchBuffer buffer) {
    if (isForbidden(Tier.COUNTED)) {
      return;
    }
    ExitCounterPlanner planner = new ExitCounterPlanner(host);
    Optional<Limit> obstacle = CountedSourceProbe.obstacle(host, planner);
    obstacle.ifPresentOrElse(
        limit -> note(Tier.COUNTED, limit),
        () -> note(Tier.COUNTED, new CountedSource(host, buffer, planner)));
  }

  private boolean isForbidden(Tier tier) {
    if (bestTier.compareTo(tier) <= 0) {
      return false;
    }
    note(
        tier,
        new Limit(
            "the configuration allows no better tier than " + bestTier.label(),
            "what only tier " + tier.label() + " can tell is absent",
            "set best-tier = \"" + tier.label() + "\""));
    return true;
  }

  private void note(Tier tier, AccountSource source) {
    findings.add(new Finding(tier, Optional.empty()));
    sources.add(source);
  }

  private void note(Tier tier, Limit obstacle) {
    findings.add(new Finding(tier, Optional.of(obstacle)));
  }
}
