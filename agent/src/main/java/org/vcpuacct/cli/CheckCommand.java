package org.vcpuacct.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.vcpuacct.config.Config;
import org.vcpuacct.config.ConfigException;
import org.vcpuacct.host.HostRoot;
import org.vcpuacct.host.Limit;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.sampler.Sampler;
import org.vcpuacct.sampler.SamplerFactory;
import org.vcpuacct.source.TierSelector;
import org.vcpuacct.source.TierSelector.Finding;
import oshi.SystemInfo;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code vcpuacct check}: which tier this host gets, why not a better one, and what to change. It
 * measures for an instant, so that what shows only with VMs is found too.
 */
@Command(
    name = "check",
    description = {
      "Say which tier this host gets, why not a better one, and what to change.",
      "Exits with 0 if nothing keeps the host from the best tier of this version, with 1 if"
          + " something does."
    })
public final class CheckCommand implements Callable<Integer> {

  @Mixin private ConfigOption configOption;
  @Mixin private HostOption hostOption;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, IOException {
    Config config = configOption.read();
    HostRoot host = hostOption.host();
    TierSelector tiers = new TierSelector(host, config.agent().bestTier());
    Snapshot snapshot = measure(config, host, tiers);
    Set<Limit> limits = new LinkedHashSet<>(snapshot.limits());
    print(tiers.findings(), snapshot, limits);
    return limits.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private static Snapshot measure(Config config, HostRoot host, TierSelector tiers)
      throws IOException {
    try (Sampler sampler = SamplerFactory.withoutState(host, tiers, config)) {
      sampler.step(System.nanoTime());
      return sampler.step(System.nanoTime());
    }
  }

  private void print(List<Finding> findings, Snapshot snapshot, Set<Limit> limits) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("host   " + describeHost());
    out.println("VMs    " + snapshot.vms().size());
    for (Finding finding : findings) {
      String state = finding.obstacle().map(limit -> "no: " + limit.what()).orElse("yes");
      out.printf("tier   %-8s %s%n", finding.tier().label(), state);
    }
    out.println("gets   " + snapshot.tier().label());
    for (Limit limit : limits) {
      out.println();
      out.println("limit  " + limit.what());
      out.println("  so   " + limit.consequence());
      out.println("  mend " + limit.mend());
    }
    out.flush();
  }

  private static String describeHost() {
    SystemInfo system = new SystemInfo();
    return system.getOperatingSystem()
        + ", "
        + system.getHardware().getProcessor().getProcessorIdentifier().getName()
        + ", "
        + system.getHardware().getProcessor().getLogicalProcessorCount()
        + " CPUs";
  }
}
