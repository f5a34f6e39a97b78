package org.vcpuacct.guest;

import java.io.Closeable;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one guest once an interval, on a thread of its own. What it knows is at hand at any time.
 */
final class GuestPoll implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(GuestPoll.class);

  /** What came of the last question, and of those before it. */
  private record Outcome(
      GuestState state,
      String message,
      Optional<GuestLoad> last,
      Optional<GuestLoad> before,
      OptionalLong sinceNs) {

    static final Outcome AWAITED =
        new Outcome(
            GuestState.STALE,
            "the first answer is awaited",
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty());

    Outcome answered(GuestLoad load) {
      Optional<GuestLoad> continued = last.filter(load::continues);
      return new Outcome(
          GuestState.OK,
          "",
          Optional.of(load),
          continued,
          continued.isPresent() ? sinceNs : OptionalLong.of(load.atNs()));
    }

    Outcome failed(GuestState why, String failure) {
      return new Outcome(why, failure, last, before, sinceNs);
    }
  }

  private final String name;
  private final GuestLoadReader reader;
  private final long intervalNs;
  private final long staleAfterNs;
  private final LongSupplier monotonicNs;
  private final StateLog log;
  private final Thread thread;
  private volatile int vcpus;
  private volatile Outcome newest;

  /**
   * A poll that is not started yet.
   *
   * @param name the VM's
   */
  GuestPoll(String name, GuestLoadReader reader, GuestSettings settings, LongSupplier monotonicNs) {
    this(name, reader, settings, monotonicNs, Outcome.AWAITED);
  }

  private GuestPoll(
      String name,
      GuestLoadReader reader,
      GuestSettings settings,
      LongSupplier monotonicNs,
      Outcome newest) {
    this.newest = newest;
    this.name = name;
    this.reader = reader;
    this.intervalNs = settings.interval().toNanos();
    this.staleAfterNs = 2 * intervalNs + settings.timeout().toNanos();
    this.monotonicNs = monotonicNs;
    this.log = new StateLog(name, monotonicNs);
    this.thread = new Thread(this::run, "guest " + name);
    thread.setDaemon(true);
  }

  /** Another poll of this guest, not started yet, that knows what this one knows. */
  GuestPoll goOn(GuestLoadReader by, GuestSettings settings) {
    return new GuestPoll(name, by, settings, monotonicNs, newest);
  }

  /**
   * Begins to ask.
   *
   * @param vcpuCount as {@link #setVcpus} has it: the first answer may come at once
   */
  void start(int vcpuCount) {
    setVcpus(vcpuCount);
    thread.start();
  }

  /** How many vCPUs the VM has now: its guest cannot have more CPUs. */
  void setVcpus(int count) {
    vcpus = count;
  }

  /** What is known now. */
  GuestReport report() {
    Outcome outcome = newest;
    long nowNs = monotonicNs.getAsLong();
    OptionalLong ageNs =
        outcome
            .last()
            .map(load -> OptionalLong.of(nowNs - load.atNs()))
            .orElse(OptionalLong.empty());
    boolean late = outcome.state() == GuestState.OK && ageNs.orElse(0) > staleAfterNs;
    return new GuestReport(
        late ? GuestState.STALE : outcome.state(),
        outcome.last(),
        outcome.before(),
        outcome.sinceNs(),
        ageNs,
        late ? "an answer is overdue" : outcome.message());
  }

  private void run() {
    try {
      long dueNs = monotonicNs.getAsLong();
      while (true) {
        ask();
        log.note(newest.state(), newest.message());
        long lateNs = Math.max(0, monotonicNs.getAsLong() - dueNs);
        dueNs += (lateNs / intervalNs + 1) * intervalNs;
        sleepUntil(dueNs);
      }
    } catch (InterruptedException e) {
      LOG.debug("{} ends", thread.getName());
    }
  }

  // Whatever goes wrong with a question, the next one is asked.
  @SuppressWarnings("CatchingUnchecked")
  private void ask() throws InterruptedException {
    try {
      newest = newest.answered(checked(reader.read()));
    } catch (GuestLoadException e) {
      newest = newest.failed(e.state(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.debug("the question failed", e);
      GuestLoadException failure = new GuestRefusedException("the question failed: " + e);
      newest = newest.failed(failure.state(), failure.getMessage());
    }
  }

  private GuestLoad checked(GuestLoad load) throws GuestRefusedException {
    int cpus = load.cpus().size();
    if (cpus == 0) {
      throw new GuestRefusedException("the guest reports no CPU");
    }
    if (cpus > vcpus) {
      throw new GuestRefusedException(
          "the guest reports " + cpus + " CPUs and has " + vcpus + " vCPUs");
    }
    if (load.cpus().stream().map(GuestCpu::cpu).distinct().count() < cpus) {
      throw new GuestRefusedException("the guest reports a CPU twice");
    }
    return load;
  }

  private void sleepUntil(long dueNs) throws InterruptedException {
    Thread.sleep(Duration.ofNanos(Math.max(0, dueNs - monotonicNs.getAsLong())).toMillis() + 1);
  }

  /** Ends the thread; does not wait for it. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
