package org.vcpuacct.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vcpuacct.alarm.Alarms;
import org.vcpuacct.alarm.Journal;
import org.vcpuacct.alarm.NotificationSink;
import org.vcpuacct.alarm.log.NotificationLog;
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

/** {@code vcpuacct run}: the daemon. Ends with SIGTERM or SIGINT. */
@Command(name = "run", description = "Measure the vCPUs of this host and serve the figures.")
public final class RunCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  private static final long SHUTDOWN_MS = 5_000;

  @Mixin private ConfigOption configOption;
  @Mixin private HostOption hostOption;

  @Override
  public Integer call() throws ConfigException, IOException, InterruptedException {
    Config config = configOption.read();
    try (Closeable lock = lock(config.agent().stateDir())) {
      LOG.debug("{} is held", lock);
      run(config);
    }
    return CommandLine.ExitCode.OK;
  }

  private void run(Config config) throws IOException, InterruptedException {
    long startedNs = System.nanoTime();
    TierSelector tiers = new TierSelector(hostOption.host(), config.agent().bestTier());
    try (OverloadFeed feed = OverloadFeed.open(config.overload().feed())) {
      Privileges.drop(hostOption.host(), tiers.tier());
      Sampler sampler = SamplerFactory.withState(hostOption.host(), tiers, config);
      feed.start();
      serve(config, startedNs, sampler, feed);
    }
  }

  private void serve(Config config, long startedNs, Sampler sampler, OverloadFeed feed)
      throws IOException, InterruptedException {
    AtomicReference<Snapshot> newest = new AtomicReference<>(sampler.step(startedNs));
    try (NotificationLog log =
            NotificationLog.open(config.agent().stateDir(), config.notificationLog());
        HistoryRecording history = HistoryRecording.start(config)) {
      Alarms alarms = alarms(config, log, history);
      Consumer<Snapshot> publish =
          snapshot -> {
            newest.set(snapshot);
            feed.publish(snapshot);
            history.record(snapshot);
            alarms.step(snapshot);
          };
      try (ServiceManager manager =
              ServiceManager.of(System.getenv(), ProcessHandle.current().pid());
          SnmpServers servers =
              SnmpServers.start(config, startedNs, newest::get, alarms::list, log);
          WebServer web = WebServer.start(config, hostOption.host(), newest::get, alarms::list);
          OtlpPush otlp = OtlpPush.start(config.otlp(), hostOption.host(), newest::get);
          SamplerThread thread =
              new SamplerThread(
                  sampler,
                  config.agent().interval().toNanos(),
                  System::nanoTime,
                  publish
                      .andThen(web::publish)
                      .andThen(otlp::publish)
                      .andThen(
                          snapshot -> manager.status(status(snapshot, servers, web, otlp, feed))),
                  manager.heartbeat())) {
        history.dropped().ifPresent(web::countDropped);
        history.dropped().ifPresent(otlp::countDropped);
        String status = status(newest.get(), servers, web, otlp, feed);
        manager.status(status);
        thread.start();
        manager.ready();
        LOG.info("{}", status);
        awaitSignal();
        manager.stopping();
      }
    }
  }

  /** How the daemon does, on one line. */
  private static String status(Snapshot newest, Object... parts) {
    return Stream.concat(
            Stream.of("tier " + newest.tier().label(), newest.vms().size() + " VMs"),
            Stream.of(parts))
        .map(Object::toString)
        .collect(Collectors.joining(", "));
  }

  private static Alarms alarms(Config config, NotificationLog log, NotificationSink history) {
    Journal journal = new Journal();
    NotificationSink sink =
        told -> {
          log.accept(told);
          journal.accept(told);
          history.accept(told);
        };
    return new Alarms(config.alarm(), log.known(), log.lastSequence(), sink);
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

  // The JVM ends when its shutdown hooks have: this one waits until the daemon has closed.
  private static void awaitSignal() throws InterruptedException {
    CountDownLatch signal = new CountDownLatch(1);
    Thread daemon = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  signal.countDown();
                  join(daemon);
                },
                "shutdown"));
    signal.await();
  }

  private static void join(Thread thread) {
    try {
      thread.join(SHUTDOWN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
