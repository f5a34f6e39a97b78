package org.vcpuacct.cli.top;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntToDoubleFunction;

/**
 * Where the time of vCPUs went over a span, and the exits that they made in it. Immutable. Lines
 * and exit classes are told by their label, or by their place in a {@link Catalogue}.
 *
 * <p>The lines of an account sum to wall time: the span of a vCPU is what its lines grew by, and
 * takes no clock.
 */
final class Usage {

  /** What is not known. It is the sum of itself and any number. */
  static final double ABSENT = Double.NaN;

  private static final double SECOND_NS = 1e9;

  private final Catalogue catalogue;
  private final double[] lineNs;
  private final double exitsPerSecond;
  private final double[] exitRates;
  private final double[] exitNs;
  private final double wallNs;

  private Usage(
      Catalogue catalogue,
      double[] lineNs,
      double exitsPerSecond,
      double[] exitRates,
      double[] exitNs) {
    this.catalogue = catalogue;
    this.lineNs = lineNs;
    this.exitsPerSecond = exitsPerSecond;
    this.exitRates = exitRates;
    this.exitNs = exitNs;
    this.wallNs = known(lineNs);
  }

  /**
   * Usage over a span, each figure {@link #ABSENT} if it is not known; empty if no time passed.
   *
   * @param lineNs time on each line, ns; not copied, as the two below
   * @param exitsPerSecond exits of all classes
   * @param exitRates exits of each class a second
   * @param exitNs the time that they took, ns
   */
  static Optional<Usage> of(
      Catalogue catalogue,
      double[] lineNs,
      double exitsPerSecond,
      double[] exitRates,
      double[] exitNs) {
    Usage usage = new Usage(catalogue, lineNs, exitsPerSecond, exitRates, exitNs);
    return usage.wallNs > 0 ? Optional.of(usage) : Optional.empty();
  }

  /**
   * What an account grew by from one document to a later one; empty if it is not the same account
   * in both, or does not tell the same lines.
   */
  static Optional<Usage> between(Catalogue catalogue, Document.Vcpu before, Document.Vcpu now) {
    if (!before.sinceNs().equals(now.sinceNs())) {
      return Optional.empty();
    }
    Counters then = before.counters();
    Counters later = now.counters();
    double[] lineNs = new double[catalogue.lines().size()];
    for (int line = 0; line < lineNs.length; line++) {
      lineNs[line] = growth(then.lineNs(line), later.lineNs(line));
      boolean told = then.lineNs(line) >= 0 || later.lineNs(line) >= 0;
      if (told && Double.isNaN(lineNs[line])) {
        return Optional.empty();
      }
    }
    double perNs = SECOND_NS / known(lineNs);
    double[] exitRates = new double[catalogue.exitClasses().size()];
    double[] exitNs = new double[exitRates.length];
    for (int i = 0; i < exitRates.length; i++) {
      exitRates[i] = growth(then.exitCount(i), later.exitCount(i)) * perNs;
      exitNs[i] = growth(then.exitNs(i), later.exitNs(i));
    }
    double exitsPerSecond = growth(then.exitCount(), later.exitCount()) * perNs;
    return of(catalogue, lineNs, exitsPerSecond, exitRates, exitNs);
  }

  /** What a counter grew by; absent if it is not told, or went back. */
  private static double growth(long before, long now) {
    return before >= 0 && now >= before ? now - before : ABSENT;
  }

  /**
   * That of several together; empty if there are none. Exits that one of them does not count are
   * absent: a part would pass for the whole.
   */
  static Optional<Usage> sum(List<Usage> usages) {
    if (usages.isEmpty()) {
      return Optional.empty();
    }
    Catalogue catalogue = usages.get(0).catalogue;
    double[] lineNs = new double[catalogue.lines().size()];
    Arrays.fill(lineNs, ABSENT);
    double[] exitRates = new double[catalogue.exitClasses().size()];
    double[] exitNs = new double[exitRates.length];
    double exitsPerSecond = 0;
    for (Usage usage : usages) {
      usage.addLinesTo(lineNs);
      exitsPerSecond += usage.exitsPerSecond;
      for (int i = 0; i < exitRates.length; i++) {
        exitRates[i] += at(i, usage.exitRates);
        exitNs[i] += at(i, usage.exitNs);
      }
    }
    return of(catalogue, lineNs, exitsPerSecond, exitRates, exitNs);
  }

  /** A line that a tier does not have takes none of the time of its vCPUs. */
  private void addLinesTo(double... sums) {
    for (int line = 0; line < lineNs.length; line++) {
      if (!Double.isNaN(lineNs[line])) {
        sums[line] = (Double.isNaN(sums[line]) ? 0 : sums[line]) + lineNs[line];
      }
    }
  }

  /** The sum of what is known. */
  private static double known(double... figures) {
    double sum = 0;
    for (double figure : figures) {
      sum += Double.isNaN(figure) ? 0 : figure;
    }
    return sum;
  }

  private static double at(int place, double... figures) {
    return place < figures.length ? figures[place] : ABSENT;
  }

  private static OptionalDouble figure(Labels labels, String label, IntToDoubleFunction figure) {
    OptionalInt place = labels.find(label);
    return place.isEmpty()
        ? OptionalDouble.empty()
        : optional(figure.applyAsDouble(place.getAsInt()));
  }

  /** A figure; empty if it is {@link #ABSENT}. */
  static OptionalDouble optional(double figure) {
    return Double.isNaN(figure) ? OptionalDouble.empty() : OptionalDouble.of(figure);
  }

  /** The span, s of all vCPUs together. */
  double vcpuSeconds() {
    return wallNs / SECOND_NS;
  }

  /** The labels of the lines, in the order of the catalogue, and the roll-up of each. */
  Map<String, String> rollUps() {
    Map<String, String> rollUps = new LinkedHashMap<>();
    for (int line = 0; line < lineNs.length; line++) {
      if (!Double.isNaN(lineNs[line])) {
        rollUps.put(catalogue.lines().all().get(line), catalogue.rollUp(line));
      }
    }
    return rollUps;
  }

  /** Part of the time that was on this line; empty if it is not measured. */
  OptionalDouble share(String line) {
    return figure(catalogue.lines(), line, this::share);
  }

  /** As above, {@link #ABSENT} if it is not measured. */
  double share(int line) {
    return at(line, lineNs) / wallNs;
  }

  /** Part of the time that was on lines of this roll-up. */
  double rollUpShare(String rollUp) {
    double ns = 0;
    for (int line = 0; line < lineNs.length; line++) {
      if (!Double.isNaN(lineNs[line]) && catalogue.rollUp(line).equals(rollUp)) {
        ns += lineNs[line];
      }
    }
    return ns / wallNs;
  }

  /** Part of the time in which the vCPUs were not idle, whatever for. */
  double load() {
    return rollUpShare("useful") + rollUpShare("overhead") + rollUpShare("contention");
  }

  /** Exits of all classes, a second; empty if they are not counted. */
  OptionalDouble exitsPerSecond() {
    return optional(exitsPerSecond);
  }

  /** The labels of the classes whose exits are counted. */
  Set<String> exitClasses() {
    Set<String> labels = new LinkedHashSet<>();
    for (int i = 0; i < exitRates.length; i++) {
      if (!Double.isNaN(exitRates[i])) {
        labels.add(catalogue.exitClasses().all().get(i));
      }
    }
    return labels;
  }

  /** Exits of a class, a second; empty if they are not counted. */
  OptionalDouble exitsPerSecond(String exitClass) {
    return figure(catalogue.exitClasses(), exitClass, this::exitsPerSecond);
  }

  /** As above, {@link #ABSENT} if they are not counted. */
  double exitsPerSecond(int exitClass) {
    return at(exitClass, exitRates);
  }

  /** Part of the time that the exits of a class took; empty if it is not measured. */
  OptionalDouble exitShare(String exitClass) {
    return figure(catalogue.exitClasses(), exitClass, this::exitShare);
  }

  /** As above, {@link #ABSENT} if it is not measured. */
  double exitShare(int exitClass) {
    return at(exitClass, exitNs) / wallNs;
  }
}
