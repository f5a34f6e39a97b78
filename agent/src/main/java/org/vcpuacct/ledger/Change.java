package org.vcpuacct.ledger;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What happened to one vCPU between two readings of the same account. Immutable.
 *
 * <p>Shares are in hundredths of a percent of the wall time between the two. Two readings with no
 * time between them have no shares and no rates.
 */
public final class Change {

  private static final double HUNDREDTHS_OF_PERCENT = 10_000;
  private static final double NS_PER_SECOND = 1e9;

  private final Reading earlier;
  private final Reading later;
  private final long wallNs;

  /**
   * The change from one reading to a later one.
   *
   * @throws IllegalArgumentException if the readings are of different tiers: their lines cannot be
   *     compared
   */
  public Change(Reading earlier, Reading later) {
    if (earlier.tier() != later.tier()) {
      throw new IllegalArgumentException(earlier.tier() + " and " + later.tier());
    }
    this.earlier = earlier;
    this.later = later;
    this.wallNs = later.wallNs() - earlier.wallNs();
  }

  /** Wall time between the two readings, ns. */
  public long wallNs() {
    return wallNs;
  }

  /** Share of the wall time on CPU. */
  public OptionalInt cpuShare() {
    return share(later.cpuNs() - earlier.cpuNs());
  }

  /** Share of the wall time runnable and not running. */
  public OptionalInt waitShare() {
    return share(later.waitNs() - earlier.waitNs());
  }

  /** Share of the line; empty if the tier does not measure it. */
  public OptionalInt share(Line line) {
    OptionalLong ns = ns(line);
    return ns.isEmpty() ? OptionalInt.empty() : share(ns.getAsLong());
  }

  /** Time posted to the line, ns; empty if the tier does not measure it. */
  public OptionalLong ns(Line line) {
    OptionalLong after = later.lines().ns(line);
    return after.isEmpty()
        ? after
        : OptionalLong.of(after.getAsLong() - earlier.lines().ns(line).orElseThrow());
  }

  /** Time posted to all lines with this roll-up, ns. */
  public long ns(RollUp rollUp) {
    return later.lines().totalNs(rollUp) - earlier.lines().totalNs(rollUp);
  }

  /** Time that exits of the class took, ns; empty if not measured. */
  public OptionalLong exitNs(ExitClass exitClass) {
    return later.detail().isEmpty() || earlier.detail().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(exitNs(later, exitClass) - exitNs(earlier, exitClass));
  }

  /** Exits a second, rounded; empty if the tier counts none. */
  public OptionalLong exitsPerSecond() {
    return later.exits().isEmpty() || earlier.exits().isEmpty()
        ? OptionalLong.empty()
        : rate(OptionalLong.of(later.exits().get().total() - earlier.exits().get().total()));
  }

  /** Exits of the class a second, rounded; empty if the class cannot be told. */
  public OptionalLong exitsPerSecond(ExitClass exitClass) {
    return later.exits().isEmpty() || earlier.exits().isEmpty()
        ? OptionalLong.empty()
        : rate(later.exits().get().since(earlier.exits().get()).of(exitClass));
  }

  /** Share of the wall time in which the host handled exits of the class; empty if not measured. */
  public OptionalInt exitShare(ExitClass exitClass) {
    OptionalLong ns = exitNs(exitClass);
    return ns.isEmpty() ? OptionalInt.empty() : share(ns.getAsLong());
  }

  private static long exitNs(Reading reading, ExitClass exitClass) {
    return reading.detail().orElseThrow().exitTimes().ns(exitClass);
  }

  /** How long single exits of the class took; empty if not measured. */
  public Optional<Log2Histogram> exitDurations(ExitClass exitClass) {
    return histogram(detail -> detail.exitTimes().durations(exitClass));
  }

  /** How long the thread was woken and not yet running; empty if not measured. */
  public Optional<Log2Histogram> schedulingLatency() {
    return histogram(detail -> detail.scheduling().latency());
  }

  /**
   * The host CPU on which the thread ran all the time; empty if it moved. In a tier that does not
   * count migrations, one that moved away and came back seems to have stayed.
   */
  public OptionalInt stayedOnPcpu() {
    boolean moved =
        earlier.lastPcpu() != later.lastPcpu()
            || migrations(Scheduling::pcpuMigrations).orElse(0) > 0;
    return moved ? OptionalInt.empty() : OptionalInt.of(later.lastPcpu());
  }

  /** How often the thread went on on another host CPU, a second, rounded; empty if not measured. */
  public OptionalLong pcpuMigrationsPerSecond() {
    return rate(migrations(Scheduling::pcpuMigrations));
  }

  /** How often it went on on another NUMA node, a second, rounded; empty if not measured. */
  public OptionalLong nodeMigrationsPerSecond() {
    return rate(migrations(Scheduling::nodeMigrations));
  }

  private OptionalLong migrations(ToLongFunction<Scheduling> of) {
    return later.detail().isEmpty() || earlier.detail().isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(
            of.applyAsLong(later.detail().get().scheduling())
                - of.applyAsLong(earlier.detail().get().scheduling()));
  }

  private Optional<Log2Histogram> histogram(Function<ExactDetail, Log2Histogram> of) {
    return later
        .detail()
        .flatMap(after -> earlier.detail().map(before -> of.apply(after).since(of.apply(before))));
  }

  private OptionalInt share(long ns) {
    return wallNs == 0
        ? OptionalInt.empty()
        : OptionalInt.of((int) Math.round(ns * HUNDREDTHS_OF_PERCENT / wallNs));
  }

  private OptionalLong rate(OptionalLong count) {
    return wallNs == 0 || count.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round(count.getAsLong() * NS_PER_SECOND / wallNs));
  }
}
