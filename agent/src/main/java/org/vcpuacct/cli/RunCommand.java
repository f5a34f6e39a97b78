package org.vcpuacct.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.config.Config;
import org.vcpuacct.config.ConfigException;
import org.vcpuacct.ledger.Snapshot;
import org.vcpuacct.sampler.Sampler;
import org.vcpuacct.sampler.SamplerFactory;
import org.vcpuacct.sampler.SamplerThread;
import org.vcpuacct.source.TierSelector;
import org.vcpuacct.state.InUseException;
import org.vcpuacct.state.InstanceLock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vcpuacct run}: the daemon. Ends with SIGTERM or SIGINT, reloads with SIGHUP. */
@Command(name = "run", description = "Measure the vCPUs of this host and serve the figures.")
public final class RunCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Mixin private ConfigOption configOption;
  @Mixin private HostOption hostOption;

  @Override
  public Integer call() throws ConfigException, IOException, InterruptedException {
    Config config = configOption.read();
    DaemonSignals signals = DaemonSignals.take();
    try (Closeable lock = lock(config.agent().stateDir())) {
      LOG.debug("{} is held", lock);
      run(config, signals);
    }
    return CommandLine.ExitCode.OK;
  }

  private void run(Config config, DaemonSignals signals) throws IOException, InterruptedException {
    long startedNs = System.nanoTime();
    TierSelector tiers = new TierSelector(hostOption.host(), config.agent().bestTier());
    try (OverloadFeed feed = OverloadFeed.open(config.overload().feed())) {
      Privileges.drop(hostOption.host(), tiers.tier());
      Sampler sampler = SamplerFactory.withState(hostOption.host(), tiers, config);
      feed.start();
      serve(config, startedNs, sampler, feed, signals);
    }
  }

  private void serve(
      Config config, long startedNs, Sampler sampler, OverloadFeed feed, DaemonSignals signals)
      throws IOException, InterruptedException {
    Snapshot first = sampler.step(startedNs);
    try (ServiceManager manager =
            ServiceManager.of(System.getenv(), ProcessHandle.current().pid());
        Services services = new Services(config, hostOption.host(), startedNs, first);
        SamplerThread thread =
            new SamplerThread(
                sampler,
                config.agent().interval().toNanos(),
                System::nanoTime,
                snapshot -> {
                  feed.publish(snapshot);
                  services.publish(snapshot);
                  manager.status(status(services, feed));
                },
                manager.heartbeat())) {
      List<Part<?>> parts = new ArrayList<>(measuring(sampler, thread));
      parts.addAll(services.parts());
      for (Part<?> part : parts) {
        part.follow(config);
      }
      manager.status(status(services, feed));
      thread.start();
      manager.ready();
      LOG.info("{}", status(services, feed));
      obey(signals, new Reload(configOption, config, parts), manager);
      manager.stopping();
    }
  }

  /** Which section of the configuration is followed by what of the measuring. */
  private static List<Part<?>> measuring(Sampler sampler, SamplerThread thread) {
    return List.of(
        new Part<>("agent.interval-ms", config -> config.agent().interval(), thread::useInterval),
        new Part<>("ne", Config::networkElements, sampler::useElements),
        new Part<>("guest", Config::guest, sampler::useGuests),
        new Part<>("overload", config -> config.overload().withoutFeed(), sampler::useOverload));
  }

  /** Does what signals ask for, until one asks to end. */
  private static void obey(DaemonSignals signals, Reload reload, ServiceManager manager)
      throws InterruptedException {
    signals.endThisThread();
    while (signals.awaitReload()) {
      manager.reloading(System.nanoTime());
      reload.run();
      manager.ready();
    }
  }

  /** How the daemon does, on one line. */
  private static String status(Services services, OverloadFeed feed) {
    Snapshot newest = services.newest();
    return "tier %s, %d VMs, %s, %s"
        .formatted(newest.tier().label(), newest.vms().size(), services, feed);
  }

  /** A daemon that cannot write its state runs without; its limits say so. */
  private static Closeable lock(Path stateDir) throws InUseException {
    try {
      return InstanceLock.take(stateDir);
    } catch (InUseException e) {
      throw e;
    } catch (IOException e) {
      LOG.debug("no lock in {}: {}", stateDir, e.getMessage());
      return () -> {};
    }
  }
}
