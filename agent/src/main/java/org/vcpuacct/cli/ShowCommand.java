package org.vcpuacct.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.vcpuacct.config.Config;
import org.vcpuacct.config.ConfigException;
import org.vcpuacct.host.Limit;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.sampler.Sampler;
import org.vcpuacct.sampler.SamplerFactory;
import org.vcpuacct.source.TierSelector;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vcpuacct show}: measures for one interval and prints a table of it. */
@Command(
    name = "show",
    description = "Measure the vCPUs of this host for one interval and print a table.")
public final class ShowCommand implements Callable<Integer> {

  @Mixin private ConfigOption configOption;
  @Mixin private HostOption hostOption;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, IOException, InterruptedException {
    Config config = configOption.read();
    TierSelector tiers = new TierSelector(hostOption.host(), config.agent().bestTier());
    try (Sampler sampler = SamplerFactory.withoutState(hostOption.host(), tiers, config)) {
      sampler.step(System.nanoTime());
      Thread.sleep(config.agent().interval().toMillis());
      print(sampler.step(System.nanoTime()));
    }
    return CommandLine.ExitCode.OK;
  }

  private void print(Snapshot snapshot) {
    PrintWriter out = spec.commandLine().getOut();
    if (snapshot.vms().isEmpty()) {
      out.println("No VM is running on this host.");
    } else {
      out.print(AccountTable.of(snapshot));
    }
    for (Limit limit : snapshot.limits()) {
      out.println("limit: " + limit);
    }
    out.flush();
  }
}
